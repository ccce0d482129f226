import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveClient, LiveHub } from './live-hub.ts';
import { createLiveResponse, type Viewer } from './live-response.ts';

/** A hub that keeps its clients and has nothing to say by itself. */
function createQuietHub() {
  const clients = new Set<LiveClient>();
  const hub: LiveHub = {
    subscribe: (client) => {
      clients.add(client);
      return () => clients.delete(client);
    },
    close: () => {
      for (const client of clients) {
        client.end();
      }
    },
  };
  return {
    hub,
    clients,
    send: (...args: Parameters<LiveClient['send']>) => {
      for (const client of clients) {
        client.send(...args);
      }
    },
  };
}

/** Somebody who may see everything, for ever. */
const ALLOWED: Viewer = { maySee: () => true, stillMay: async () => {} };

function connect(hub: LiveHub, headers: Record<string, string> = {}, viewer = ALLOWED) {
  const abort = new AbortController();
  const request = new Request('http://localhost/api/live', { headers, signal: abort.signal });
  const response = createLiveResponse(hub, request, viewer);
  const reader = (response.body ?? new ReadableStream()).getReader();
  const read = async () => {
    const { done, value } = await reader.read();
    return done ? undefined : new TextDecoder().decode(value);
  };
  return { response, reader, read, abort };
}

describe('the live response', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is a stream that nothing may keep or change on the way', () => {
    const { response } = connect(createQuietHub().hub);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(response.headers.get('cache-control')).toContain('no-transform');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
  });

  it('writes messages, with an id where one can resume', async () => {
    const { hub, send } = createQuietHub();
    const { read } = connect(hub);
    send({ type: 'status', postgresql: 'up' });
    send({ type: 'events', head: 7, items: [], skipped: 0 }, 7);
    expect(await read()).toBe('retry: 1000\n\n');
    expect(await read()).toBe('data: {"type":"status","postgresql":"up"}\n\n');
    expect(await read()).toBe('id: 7\ndata: {"type":"events","head":7,"items":[],"skipped":0}\n\n');
  });

  it.each([
    ['41', 41],
    ['', undefined],
    ['-1', undefined],
    ['1; drop', undefined],
    ['9'.repeat(30), undefined],
  ])('resumes after %j', (id, expected) => {
    const { hub, clients } = createQuietHub();
    connect(hub, { 'Last-Event-ID': id });
    expect([...clients].map(({ resumeAfter }) => resumeAfter)).toEqual([expected]);
  });

  it('leaves the hub when the browser goes, in whatever way', async () => {
    const { hub, clients } = createQuietHub();
    const aborted = connect(hub);
    const cancelled = connect(hub);
    expect(clients.size).toBe(2);
    aborted.abort.abort();
    await cancelled.reader.cancel();
    expect(clients.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not even opened for a browser that has gone already', async () => {
    const { hub, clients } = createQuietHub();
    const signal = AbortSignal.abort();
    createLiveResponse(hub, new Request('http://localhost/api/live', { signal }), ALLOWED);
    expect(clients.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keeps a quiet connection alive, and ends it in time', async () => {
    const { hub, clients } = createQuietHub();
    const { read } = connect(hub);
    await read();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await read()).toBe('data: {"type":"heartbeat"}\n\n');
    await vi.advanceTimersByTimeAsync(30 * 60_000);
    expect(clients.size).toBe(0);
    let rest: string | undefined;
    do {
      rest = await read();
    } while (rest !== undefined);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends with the hub', async () => {
    const { hub, clients } = createQuietHub();
    const { read } = connect(hub);
    await read();
    hub.close();
    expect(await read()).toBeUndefined();
    expect(clients.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lets a client go that does not read', () => {
    const { hub, clients, send } = createQuietHub();
    connect(hub);
    let count = 0;
    for (; clients.size > 0 && count < 100_000; count += 1) {
      send({ type: 'projection', name: 'x'.repeat(1_000), position: count });
    }
    expect(clients.size).toBe(0);
    expect(count).toBeGreaterThan(500);
    expect(count).toBeLessThan(2_000);
  });
});
