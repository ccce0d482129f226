import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLiveConnection, type LiveSource } from './live-connection.ts';

type Listener = Parameters<LiveSource['addEventListener']>[1];

function createHarness() {
  const sources: { readyState: number; listeners: Map<string, Listener> }[] = [];
  const connection = createLiveConnection(() => {
    const source = { readyState: 0, listeners: new Map<string, Listener>() };
    sources.push(source);
    return {
      get readyState() {
        return source.readyState;
      },
      close: () => {},
      addEventListener: (type, listener) => {
        source.listeners.set(type, listener);
      },
    };
  });
  function emit(type: 'open' | 'error' | 'message', data?: string) {
    sources.at(-1)?.listeners.get(type)?.({ data });
  }
  return {
    connection,
    sources,
    emit,
    send: (message: unknown) => emit('message', JSON.stringify(message)),
    fail: (readyState: number) => {
      Object.assign(sources.at(-1) ?? {}, { readyState });
      emit('error');
    },
  };
}

describe('the live connection', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('keeps the head and every projection’s position', () => {
    const { connection, emit, send } = createHarness();
    connection.open();
    emit('open');
    send({ type: 'events', head: 7, items: [], skipped: 0 });
    send({ type: 'projection', name: 'accounts', position: 6 });
    send({ type: 'projection', name: 'transactions', position: 5 });
    send({ type: 'status', postgresql: 'down' });
    expect(connection.getState()).toEqual({
      status: 'connected',
      head: 7,
      positions: { accounts: 6, transactions: 5 },
      postgresql: 'down',
    });
  });

  it('leaves out what is not a message', () => {
    const { connection, emit, send } = createHarness();
    const heard = vi.fn();
    connection.listen(heard);
    connection.open();
    send({ type: 'weather' });
    emit('message', 'not JSON');
    expect(heard).not.toHaveBeenCalled();
  });

  it('says when messages may have been missed', () => {
    const { connection, emit, fail } = createHarness();
    const heard = vi.fn();
    connection.listen(heard);
    connection.open();
    emit('open');
    expect(heard).not.toHaveBeenCalled();
    fail(0);
    expect(connection.getState().status).toBe('reconnecting');
    emit('open');
    expect(heard).toHaveBeenCalledWith({ type: 'reconnected' });
  });

  it('says so as well when PostgreSQL is back', () => {
    const { connection, send } = createHarness();
    const heard = vi.fn();
    connection.open();
    connection.listen(heard);
    send({ type: 'status', postgresql: 'down' });
    expect(heard).not.toHaveBeenCalledWith({ type: 'reconnected' });
    send({ type: 'status', postgresql: 'up' });
    expect(heard).toHaveBeenLastCalledWith({ type: 'reconnected' });
  });

  it('opens a new source, ever later, after one that gave up', () => {
    const { connection, sources, fail } = createHarness();
    connection.open();
    fail(2);
    vi.advanceTimersByTime(499);
    expect(sources).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(sources).toHaveLength(2);
    fail(2);
    vi.advanceTimersByTime(999);
    expect(sources).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(sources).toHaveLength(3);
  });

  it('makes a stream again that has said nothing for longer than the server is silent', () => {
    const { connection, sources, emit, send } = createHarness();
    const heard = vi.fn();
    connection.listen(heard);
    connection.open();
    emit('open');
    for (let count = 0; count < 6; count += 1) {
      vi.advanceTimersByTime(20_000);
      send({ type: 'heartbeat' });
    }
    expect(sources).toHaveLength(1);
    expect(connection.getState().status).toBe('connected');
    vi.advanceTimersByTime(25_000);
    expect(connection.getState().status).toBe('reconnecting');
    expect(sources).toHaveLength(2);
    emit('open');
    expect(connection.getState().status).toBe('connected');
    expect(heard).toHaveBeenCalledExactlyOnceWith({ type: 'reconnected' });
  });

  it('tries again and again while the tunnel is dead', () => {
    const { connection, sources } = createHarness();
    connection.open();
    vi.advanceTimersByTime(76_000);
    expect(sources).toHaveLength(4);
    expect(connection.getState().status).toBe('connecting');
  });

  it('stays closed when it was closed', () => {
    const { connection, sources, fail } = createHarness();
    connection.open();
    fail(2);
    connection.close();
    vi.advanceTimersByTime(60_000);
    expect(sources).toHaveLength(1);
  });
});
