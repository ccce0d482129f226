import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from './backoff.ts';
import { type ConnectionConfig, createConnection } from './connection.ts';

export type Listener = {
  readonly onNotification: (payload: string) => void;
  /** It listens, at first or again after the connection was lost; what was sent before is lost. */
  readonly onListening: () => void;
};

/**
 * Listens to a channel of PostgreSQL over one connection: a lost one is replaced, also when
 * PostgreSQL is down at the start. Answers the way to stop.
 */
export function keepListening(
  config: ConnectionConfig,
  channel: string,
  { onNotification, onListening }: Listener,
): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  let connection = createConnection(config, onNotification);
  const running = run();

  async function run() {
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        if (!(await connection.isDirect())) {
          // A pooler gives the session to others: who needs to know looks for itself, once a second.
          return;
        }
        await connection.query({ text: `LISTEN "${channel.replaceAll('"', '""')}"` });
        failures = 0;
        onListening();
        await connection.ended;
      } catch {
        // Whoever needs PostgreSQL for its work reports that it is down.
      }
      await connection.end();
      await sleep(backoffMs(failures), undefined, { signal }).catch(() => {});
      connection = createConnection(config, onNotification);
    }
  }

  return async () => {
    stopping.abort();
    await connection.end();
    await running;
  };
}
