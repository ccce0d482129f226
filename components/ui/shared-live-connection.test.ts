import { describe, expect, it, vi } from 'vitest';
import { createLiveConnection } from './live-connection.ts';
import { createLiveFanOut, type TabPort } from './live-fan-out.ts';
import { createSharedLiveConnection, type LivePort } from './shared-live-connection.ts';

type SourceListener = (event: { readonly data?: unknown }) => void;

/** Tabs over one worker, whose ports deliver at once, and the one event source it makes. */
function createBrowser() {
  const sources: { closed: boolean; listeners: Map<string, SourceListener> }[] = [];
  const addTab = createLiveFanOut(
    createLiveConnection(() => {
      const source = { closed: false, listeners: new Map<string, SourceListener>() };
      sources.push(source);
      return {
        readyState: 1,
        close: () => {
          source.closed = true;
        },
        addEventListener: (type, listener) => {
          source.listeners.set(type, listener);
        },
      };
    }),
  );
  const emit = (type: string, message?: unknown) =>
    sources.at(-1)?.listeners.get(type)?.({ data: JSON.stringify(message) });
  function openTab() {
    const tab = createSharedLiveConnection(() => {
      const inTab: LivePort = {
        onmessage: null,
        postMessage: (data) => inWorker.onmessage?.(new MessageEvent('message', { data })),
      };
      const inWorker: TabPort = {
        onmessage: null,
        postMessage: (data) => inTab.onmessage?.(new MessageEvent('message', { data })),
      };
      addTab(inWorker);
      return inTab;
    });
    const heard = vi.fn();
    tab.listen(heard);
    tab.open();
    return { tab, heard };
  }
  return { sources, emit, openTab };
}

describe('the live connection that tabs share', () => {
  it('is one for all of them, and tells a newcomer where everything is', () => {
    const { sources, emit, openTab } = createBrowser();
    const first = openTab();
    emit('open');
    emit('message', { type: 'events', head: 7, items: [], skipped: 0 });
    const second = openTab();
    expect(second.tab.getState()).toMatchObject({ status: 'connected', head: 7 });
    emit('message', { type: 'projection', name: 'accounts', position: 6 });
    for (const { tab, heard } of [first, second]) {
      expect(tab.getState().positions).toEqual({ accounts: 6 });
      expect(heard).toHaveBeenLastCalledWith({ type: 'projection', name: 'accounts', position: 6 });
    }
    expect(sources).toHaveLength(1);
  });

  it('tells a tab that left nothing, and a tab that comes back that it missed something', () => {
    const { emit, openTab } = createBrowser();
    openTab();
    emit('open');
    const { tab, heard } = openTab();
    tab.close();
    emit('message', { type: 'events', head: 8, items: [], skipped: 0 });
    expect(heard).not.toHaveBeenCalled();
    tab.open();
    expect(tab.getState().head).toBe(8);
    expect(heard).toHaveBeenCalledExactlyOnceWith({ type: 'reconnected' });
  });

  it('ends with the last tab that watches, and begins anew with the next', () => {
    const { sources, emit, openTab } = createBrowser();
    const { tab } = openTab();
    const other = openTab();
    emit('open');
    tab.close();
    expect(sources).toMatchObject([{ closed: false }]);
    other.tab.close();
    expect(sources).toMatchObject([{ closed: true }]);
    tab.open();
    expect(sources).toMatchObject([{ closed: true }, { closed: false }]);
  });
});
