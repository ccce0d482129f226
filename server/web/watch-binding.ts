import { isPlayheadError, type PlayheadError } from '#lib/playhead-error.ts';
import { checkBinding } from '#server/runtime/journal/bind-database.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';

const UNKNOWN_INTERVAL_MS = 1_000;
const KNOWN_INTERVAL_MS = 30_000;

/**
 * Looks whether the database belongs to the event store, at the start and from time to time, for as
 * long as the process lives. Answers a check that throws STORE_MISMATCH when it does not.
 */
export function watchBinding({
  logger,
  ...stores
}: {
  readonly dynamo: Dynamo;
  readonly db: Db;
  readonly logger: Logger;
}): () => void {
  let mismatch: PlayheadError | undefined;

  async function look(): Promise<void> {
    let delayMs = KNOWN_INTERVAL_MS;
    try {
      await checkBinding(stores);
      mismatch = undefined;
    } catch (error) {
      if (isPlayheadError(error, 'STORE_MISMATCH')) {
        mismatch = error;
        logger.fatal({ err: error }, 'nothing is served');
      } else {
        delayMs = UNKNOWN_INTERVAL_MS;
      }
    }
    setTimeout(look, delayMs).unref();
  }

  void look();
  return () => {
    if (mismatch !== undefined) {
      throw mismatch;
    }
  };
}
