import {
  INITIAL_LIVE_STATE,
  type LiveConnection,
  type LiveListener,
  type LiveState,
} from './live-connection.ts';

/** What a tab tells the shared worker: that it watches, and that it does not for now. */
export type ToLiveWorker = 'join' | 'leave';

/** What the shared worker tells a tab that watches. */
export type FromLiveWorker =
  | { readonly state: LiveState }
  | { readonly message: Parameters<LiveListener>[0] };

/** What is used of a shared worker's port. */
export type LivePort = {
  postMessage: (message: ToLiveWorker) => void;
  onmessage: ((event: MessageEvent<FromLiveWorker>) => void) | null;
};

/**
 * A tab's end of the live connection that a shared worker holds for all tabs. The port is asked for
 * at the first `open`. A tab that comes back after `close` may have missed messages, and says so.
 */
export function createSharedLiveConnection(createPort: () => LivePort): LiveConnection {
  const stateListeners = new Set<() => void>();
  const messageListeners = new Set<LiveListener>();
  let state = INITIAL_LIVE_STATE;
  let port: LivePort | undefined;
  let isJoined = false;
  let hasMissed = false;

  function tell(message: Parameters<LiveListener>[0]) {
    for (const listener of messageListeners) {
      listener(message);
    }
  }

  function receive(heard: FromLiveWorker) {
    // What was under way when this tab left.
    if (!isJoined) {
      return;
    }
    if ('message' in heard) {
      tell(heard.message);
      return;
    }
    state = heard.state;
    for (const listener of stateListeners) {
      listener();
    }
    if (hasMissed) {
      hasMissed = false;
      tell({ type: 'reconnected' });
    }
  }

  return {
    getState: () => state,
    subscribe: (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    listen: (listener) => {
      messageListeners.add(listener);
      return () => messageListeners.delete(listener);
    },
    open: () => {
      if (isJoined) {
        return;
      }
      isJoined = true;
      if (port === undefined) {
        port = createPort();
        port.onmessage = ({ data }) => receive(data);
      } else {
        hasMissed = true;
      }
      port.postMessage('join');
    },
    close: () => {
      isJoined = false;
      port?.postMessage('leave');
    },
  };
}
