'use client';

import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useEffect, useMemo, useState } from 'react';
import { createLiveConnection, type LiveConnection } from './live-connection.ts';
import { createRefresher } from './live-refresh.ts';
import { readAgain } from './read-again.ts';
import { createSharedLiveConnection, type LivePort } from './shared-live-connection.ts';

export const LiveContext = createContext<LiveConnection | null>(null);

/** A hidden tab stops watching after this long. */
const HIDDEN_TAB_MS = 10_000;

/**
 * Opens the live connection that all tabs share, or one for this tab where a browser has no shared
 * workers, and refetches what is shown when what it follows has
 * moved: a query names it in `meta: { follows: ['accounts'] }`; 'journal' follows every event.
 */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const [canShare, setCanShare] = useState(typeof SharedWorker !== 'undefined');
  const connection = useMemo(
    () =>
      canShare
        ? createSharedLiveConnection(() => startWorker(() => setCanShare(false)))
        : createLiveConnection(() => new EventSource('/api/live')),
    [canShare],
  );

  useEffect(() => {
    const refresher = createRefresher((moved) =>
      readAgain(queryClient, {
        predicate: ({ meta }) => moved === 'all' || (meta?.follows ?? []).some((n) => moved.has(n)),
      }),
    );
    const unlisten = connection.listen((message) => {
      switch (message.type) {
        case 'events':
          refresher.moved('journal');
          break;
        case 'projection':
          refresher.moved(message.name);
          break;
        case 'reconnected':
          refresher.all();
          break;
        case 'status':
        case 'heartbeat':
          break;
      }
    });
    const stopWatching = closeWhileHidden(connection);
    // A tab that is opened in the background connects when it is looked at.
    if (!document.hidden) {
      connection.open();
    }
    return () => {
      stopWatching();
      unlisten();
      refresher.stop();
      connection.close();
    };
  }, [connection, queryClient]);

  return <LiveContext value={connection}>{children}</LiveContext>;
}

function startWorker(onError: () => void): LivePort {
  const worker = new SharedWorker(new URL('./live-worker.ts', import.meta.url), 'playhead-live');
  worker.addEventListener('error', onError);
  return worker.port;
}

function closeWhileHidden(connection: LiveConnection): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  function onChange() {
    clearTimeout(timer);
    if (document.hidden) {
      timer = setTimeout(connection.close, HIDDEN_TAB_MS);
    } else {
      connection.open();
    }
  }
  // Nothing tells a worker that a tab is gone, or that the browser keeps it for "Back".
  const onShow = ({ persisted }: PageTransitionEvent) => persisted && onChange();
  document.addEventListener('visibilitychange', onChange);
  window.addEventListener('pagehide', connection.close);
  window.addEventListener('pageshow', onShow);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onChange);
    window.removeEventListener('pagehide', connection.close);
    window.removeEventListener('pageshow', onShow);
  };
}
