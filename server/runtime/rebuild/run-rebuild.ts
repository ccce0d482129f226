import { isPlayheadError } from '#lib/playhead-error.ts';
import { backoffMs } from '#server/runtime/platform/backoff.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { classifyPostgresError } from '#server/runtime/platform/postgres-errors.ts';
import type { WakeSignal } from '#server/runtime/platform/wake-signal.ts';
import type { JournalReader } from '#server/runtime/views/journal-reader.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import { loadActiveRebuild } from './candidate-checkpoint.ts';
import { failRebuild } from './fail-rebuild.ts';
import { fillCandidate } from './fill-candidate.ts';
import { makeReady } from './make-ready.ts';
import { createRateMeter } from './rate-meter.ts';

/** A candidate that follows need not be right behind: the swap brings it up. */
const FOLLOW_INTERVAL_MS = 250;

const RETRY = { baseMs: 100, capMs: 5_000 };

/**
 * Fills a rebuild's tables, makes them ready, and lets them follow until the rebuild is over or
 * `signal` is aborted. A transient error is retried, without end and with a backoff, and told to
 * `onError` (null when it is over); any other error fails the rebuild, which then says why.
 */
export async function runRebuild({
  db,
  journal,
  projection,
  id,
  logger,
  signal,
  pause,
  onError,
}: {
  readonly db: Db;
  readonly journal: JournalReader;
  readonly projection: PostgresView;
  readonly id: number;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** Ends its sleeps. */
  readonly pause: WakeSignal;
  readonly onError: (error: string | null) => void;
}): Promise<void> {
  const measure = createRateMeter();
  let failures = 0;
  while (!signal.aborted) {
    try {
      if ((await pass()) === 'over') {
        return;
      }
      failures = 0;
      onError(null);
      await pause.sleep(FOLLOW_INTERVAL_MS);
    } catch (error) {
      if (isPlayheadError(error, 'REBUILD_STOPPED')) {
        logger.error(error.message);
        return;
      }
      if (classifyPostgresError(error) === 'permanent') {
        const message = toErrorSentence(error);
        logger.error({ error: message }, 'the rebuild failed');
        await failRebuild(db, id, { message, event: null });
        return;
      }
      failures += 1;
      onError(toErrorSentence(error));
      await pause.sleep(backoffMs(failures, RETRY));
    }
  }

  async function pass(): Promise<'over' | 'following'> {
    const rebuild = await loadActiveRebuild(db, id);
    if (rebuild === undefined) {
      return 'over';
    }
    const isFilling = rebuild.status === 'running';
    const options = isFilling ? { journal, signal, measure } : { journal, signal };
    const position = await fillCandidate(db, projection, id, options);
    if (position === 'over') {
      return 'over';
    }
    if (isFilling && !signal.aborted) {
      await makeReady(db, projection, id);
      logger.info({ position }, 'the new generation is ready');
    }
    return 'following';
  }
}
