'use client';

import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useEffect, useState } from 'react';
import { createLiveConnection, type LiveConnection } from './live-connection.ts';
import { createRefresher } from './live-refresh.ts';

export const LiveContext = createContext<LiveConnection | null>(null);

/** A hidden tab gives its connection back after this long: a browser has six per server. */
const HIDDEN_TAB_MS = 10_000;

/**
 * Opens the console's one live connection, and refetches what is shown when what it follows has
 * moved: a query names it in `meta: { follows: ['accounts'] }`; 'journal' follows every event.
 */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const [connection] = useState(() => createLiveConnection(() => new EventSource('/api/live')));

  useEffect(() => {
    const refresher = createRefresher((moved) =>
      queryClient.invalidateQueries({
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
  document.addEventListener('visibilitychange', onChange);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onChange);
  };
}
