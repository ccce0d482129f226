import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Connection } from './connection.ts';
import { ConnectionError } from './connection-error.ts';

/** How long one waits for a connection while all are in use. */
const FREE_TIMEOUT_MS = 10_000;
const CLOSING_MS = 5_000;

/** For connections that take on work of which there may be more than can be done. */
export type PoolLimits = {
  /** So many may wait for a connection at a time; one more is refused at once. */
  readonly mostWaiting: number;
  /** For how long one waits, in milliseconds, and then is refused. */
  readonly waitMs: number;
  /** How long the work on a connection may take, in milliseconds; then the connection is given up. */
  readonly workMs: number;
};

export type ConnectionPool = {
  /**
   * Lets `work` have a connection for itself. When `signal` is aborted meanwhile, the connection is
   * given up. Throws a ConnectionError: NO_FREE_CONNECTION after ten seconds; with limits POOL_FULL
   * and WORK_TIMED_OUT.
   */
  readonly use: <Result>(
    work: (connection: Connection) => Promise<Result>,
    signal?: AbortSignal,
  ) => Promise<Result>;
  /** Lets what is under way finish, for five seconds at most. */
  readonly close: () => Promise<void>;
};

/** At most `max` connections, made as they are needed; one that was lost is thrown away. */
export function createConnectionPool(
  connect: () => Connection,
  max: number,
  limits?: PoolLimits,
): ConnectionPool {
  const inTurn = pLimit(max);
  const connections = new Set<Connection>();
  const idle: Connection[] = [];
  const underWay = new Set<Promise<unknown>>();
  /** Those that wait and those that are at work. */
  let inside = 0;
  let isClosed = false;

  const take = () => {
    for (let kept = idle.pop(); kept !== undefined; kept = idle.pop()) {
      if (kept.isReusable()) {
        return kept;
      }
    }
    const made = connect();
    connections.add(made);
    void made.ended.then(() => connections.delete(made));
    return made;
  };

  const lend = async <Result>(
    work: (connection: Connection) => Promise<Result>,
    signal: AbortSignal | undefined,
  ) => {
    const connection = take();
    const giveUp = () => connection.giveUp(toError(signal?.reason));
    signal?.addEventListener('abort', giveUp, { once: true });
    const tooLong = () => connection.giveUp(new ConnectionError('WORK_TIMED_OUT'));
    const timer = limits && setTimeout(tooLong, limits.workMs);
    try {
      return await work(connection);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      if (connection.isReusable() && !isClosed) {
        idle.push(connection);
      } else {
        void connection.end();
      }
    }
  };

  return {
    use: (work, signal) =>
      new Promise((resolve, reject) => {
        let isWaiting = true;
        const stopWaiting = (error: Error) => {
          if (isWaiting) {
            isWaiting = false;
            inside -= 1;
            reject(error);
          }
        };
        const onAbort = () => stopWaiting(toError(signal?.reason));
        if (isClosed) {
          throw new ConnectionError('POOL_CLOSED');
        }
        signal?.throwIfAborted();
        if (limits && inside >= max + limits.mostWaiting) {
          throw new ConnectionError('POOL_FULL');
        }
        inside += 1;
        const timer = setTimeout(
          () => stopWaiting(new ConnectionError(limits ? 'POOL_FULL' : 'NO_FREE_CONNECTION')),
          limits?.waitMs ?? FREE_TIMEOUT_MS,
        );
        signal?.addEventListener('abort', onAbort, { once: true });
        void inTurn(async () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
          if (isClosed) {
            stopWaiting(new ConnectionError('POOL_CLOSED'));
          }
          if (isWaiting) {
            const lent = lend(work, signal).then(resolve, reject);
            underWay.add(lent);
            await lent;
            underWay.delete(lent);
            inside -= 1;
          }
        });
      }),
    close: async () => {
      isClosed = true;
      const isDone = Promise.all(underWay);
      await Promise.race([isDone, sleep(CLOSING_MS, undefined, { ref: false })]);
      for (const connection of connections) {
        if (!idle.includes(connection)) {
          connection.giveUp(new ConnectionError('POOL_CLOSED'));
        }
      }
      await Promise.all(idle.map((connection) => connection.end()));
    },
  };
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
