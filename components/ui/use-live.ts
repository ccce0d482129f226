'use client';

import { use, useEffect, useRef, useSyncExternalStore } from 'react';
import {
  INITIAL_LIVE_STATE,
  type LiveConnection,
  type LiveListener,
  type LiveState,
} from './live-connection.ts';
import { LiveContext } from './live-provider.tsx';

/**
 * A part of what the live connection knows, such as `(live) => live.head`; the component renders
 * again only when that part changes, so select a value and not a new object.
 */
export function useLive<T>(select: (state: LiveState) => T): T {
  const connection = useConnection();
  return useSyncExternalStore(
    connection.subscribe,
    () => select(connection.getState()),
    () => select(INITIAL_LIVE_STATE),
  );
}

/** Calls back with every live message while the component is there. */
export function useLiveMessages(listener: LiveListener): void {
  const connection = useConnection();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => connection.listen((message) => latest.current(message)), [connection]);
}

function useConnection(): LiveConnection {
  const connection = use(LiveContext);
  if (!connection) {
    throw new Error('useLive needs a LiveProvider above it.');
  }
  return connection;
}
