import { type LiveMessage, liveMessageSchema } from '#lib/contracts/live.ts';

/** How the one live connection stands. */
export type LiveStatus = 'connecting' | 'connected' | 'reconnecting';

/** What the live connection knows: replaced as a whole by every change. */
export type LiveState = {
  readonly status: LiveStatus;
  /** The journal's newest position; null until the first word of it. */
  readonly head: number | null;
  /** The position of each projection that has moved since the page was opened. */
  readonly positions: Readonly<Record<string, number>>;
  readonly postgresql: 'up' | 'down' | 'unknown';
};

/** Hears every message, and `reconnected` when others may have been missed meanwhile. */
export type LiveListener = (message: LiveMessage | { readonly type: 'reconnected' }) => void;

export type LiveConnection = {
  getState: () => LiveState;
  /** Calls back after every change of the state. */
  subscribe: (listener: () => void) => () => void;
  listen: (listener: LiveListener) => () => void;
  open: () => void;
  close: () => void;
};

/** What is used of the browser's EventSource. */
export type LiveSource = {
  readonly readyState: number;
  close: () => void;
  addEventListener: (
    type: 'open' | 'error' | 'message',
    listener: (event: { readonly data?: unknown }) => void,
  ) => void;
};

const CLOSED = 2;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 8_000;

/** The server says something every ten seconds: after so long without a word the stream is dead. */
const SILENCE_MS = 25_000;

export const INITIAL_LIVE_STATE: LiveState = {
  status: 'connecting',
  head: null,
  positions: {},
  postgresql: 'unknown',
};

/**
 * The console's one server-sent-event connection. A browser reconnects by itself after a broken
 * connection, and gives up after an answer that is not a stream (a server that is starting): then
 * this opens a new one, later and later up to eight seconds. It also does when nothing is heard for
 * longer than the server is ever silent: a tunnel that died tells the browser nothing.
 */
export function createLiveConnection(createSource: () => LiveSource): LiveConnection {
  const stateListeners = new Set<() => void>();
  const messageListeners = new Set<LiveListener>();
  let state = INITIAL_LIVE_STATE;
  let source: LiveSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let delay = FIRST_RETRY_MS;
  let wasConnected = false;

  function change(next: Partial<LiveState>) {
    state = { ...state, ...next };
    for (const listener of stateListeners) {
      listener();
    }
  }

  function tell(message: Parameters<LiveListener>[0]) {
    for (const listener of messageListeners) {
      listener(message);
    }
  }

  function waitForWord() {
    clearTimeout(silence);
    silence = setTimeout(() => {
      change({ status: wasConnected ? 'reconnecting' : 'connecting' });
      close();
      open();
    }, SILENCE_MS);
  }

  function receive(data: unknown) {
    waitForWord();
    const message = parseMessage(data);
    if (message === undefined) {
      return;
    }
    const before = state;
    switch (message.type) {
      case 'events':
        change({ head: Math.max(state.head ?? 0, message.head) });
        break;
      case 'projection':
        change({ positions: { ...state.positions, [message.name]: message.position } });
        break;
      case 'status':
        change({ postgresql: message.postgresql });
        break;
      case 'heartbeat':
        return;
    }
    tell(message);
    if (before.postgresql === 'down' && state.postgresql === 'up') {
      tell({ type: 'reconnected' });
    }
  }

  function open() {
    if (source) {
      return;
    }
    clearTimeout(retry);
    const opened = createSource();
    source = opened;
    waitForWord();
    opened.addEventListener('message', ({ data }) => receive(data));
    opened.addEventListener('open', () => {
      delay = FIRST_RETRY_MS;
      waitForWord();
      change({ status: 'connected' });
      if (wasConnected) {
        tell({ type: 'reconnected' });
      }
      wasConnected = true;
    });
    opened.addEventListener('error', () => {
      change({ status: wasConnected ? 'reconnecting' : 'connecting' });
      if (opened.readyState === CLOSED) {
        close();
        retry = setTimeout(open, delay);
        delay = Math.min(delay * 2, LAST_RETRY_MS);
      }
    });
  }

  function close() {
    clearTimeout(retry);
    clearTimeout(silence);
    source?.close();
    source = undefined;
  }

  return {
    getState: () => state,
    subscribe: (listener) => add(stateListeners, listener),
    listen: (listener) => add(messageListeners, listener),
    open,
    close,
  };
}

function add<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** A message of another version of the server is left out: the page polls what matters as well. */
function parseMessage(data: unknown): LiveMessage | undefined {
  try {
    const parsed = liveMessageSchema.safeParse(JSON.parse(String(data)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
