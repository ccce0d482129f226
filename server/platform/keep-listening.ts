import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { backoffMs } from './backoff.ts';

export type Listener = {
  readonly onNotification: (payload: string) => void;
  /** It listens, at first or again after the connection was lost; what was sent before is lost. */
  readonly onListening: () => void;
};

/**
 * Listens to a channel of PostgreSQL over one connection: a lost one is made again, also when
 * PostgreSQL is down at the start. Answers the way to stop.
 */
export function keepListening(
  config: pg.ClientConfig,
  channel: string,
  { onNotification, onListening }: Listener,
): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = run();

  async function run() {
    for (let failures = 1; !signal.aborted; failures += 1) {
      const client = new pg.Client(config);
      client.on('error', () => {});
      client.on('notification', ({ payload = '' }) => onNotification(payload));
      try {
        await client.connect();
        await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
        failures = 0;
        onListening();
        await once(client, 'end', { signal });
      } catch {
        // Whoever needs PostgreSQL for its work reports that it is down.
      }
      await client.end().catch(() => {});
      await sleep(backoffMs(failures), undefined, { signal }).catch(() => {});
    }
  }

  return async () => {
    stopping.abort();
    await running;
  };
}
