import { setTimeout as sleep } from 'node:timers/promises';
import { isPlayheadError } from '#lib/playhead-error.ts';
import { backoffMs } from '#server/runtime/platform/backoff.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { bindDatabase } from './bind-database.ts';

/**
 * Binds the database to the event store as soon as both answer. Throws STORE_MISMATCH, and the
 * signal's reason once that is aborted.
 */
export async function bindWhenUp(
  stores: { readonly dynamo: Dynamo; readonly db: Db },
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await bindDatabase(stores);
    } catch (error) {
      if (isPlayheadError(error, 'STORE_MISMATCH')) {
        throw error;
      }
      // Whoever needs the two for its work reports that one is down.
    }
    await sleep(backoffMs(attempt), undefined, { signal });
  }
}
