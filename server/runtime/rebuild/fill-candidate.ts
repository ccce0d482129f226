import { isPlayheadError, PlayheadError } from '#lib/playhead-error.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { classifyPostgresError } from '#server/runtime/platform/postgres-errors.ts';
import { prefetch } from '#server/runtime/stream/prefetch.ts';
import type { JournalEntry } from '#server/runtime/views/journal-entry.ts';
import { createJournalReader, type JournalReader } from '#server/runtime/views/journal-reader.ts';
import { codecOf, type PostgresView } from '#server/runtime/views/postgres-view.ts';
import { applyToCandidate } from './apply-to-candidate.ts';
import {
  loadActiveRebuild,
  moveCandidateCheckpoint,
  type RebuildRow,
} from './candidate-checkpoint.ts';
import { failRebuild, otherVersion, toRebuildError } from './fail-rebuild.ts';
import { readCandidateBatches, readTarget } from './read-candidate-batches.ts';

/** Somebody else filled the candidate meanwhile, or the rebuild is over. Never leaves this file. */
class CandidateMovedError extends Error {}

export type FillOptions = {
  /** Once aborted, it stops after the batch in hand. */
  readonly signal?: AbortSignal;
  /** Told of each batch's number of events; answers the events per second so far. */
  readonly measure?: (events: number) => number | null;
  /** Shared by the rebuilds of a process. */
  readonly journal?: JournalReader;
};

/**
 * Brings the tables of rebuild `id` from its checkpoint to where the generation that serves stands,
 * by the projection's own code; each batch and the checkpoint move in one transaction, so that it can
 * be cut off anywhere, and several may do it at once. The next batch is read while one is written.
 * Answers the position that it came to, or `over` when the rebuild is no longer active.
 * Throws REBUILD_STOPPED, naming the event, at the first one that cannot be applied, and the rebuild
 * has failed: a new generation has all events or is none; REBUILD_REFUSED when another version of
 * the code began it. PostgreSQL's other errors are transient.
 */
export async function fillCandidate(
  db: Db,
  projection: PostgresView,
  id: number,
  {
    signal,
    measure = () => null,
    journal = createJournalReader(db, codecOf(projection)),
  }: FillOptions = {},
): Promise<number | 'over'> {
  for (;;) {
    const rebuild = await loadActiveRebuild(db, id);
    if (rebuild === undefined) {
      return 'over';
    }
    if (rebuild.version !== projection.version) {
      throw otherVersion(projection, rebuild.version);
    }
    let { position } = rebuild;
    const { kind } = rebuild;
    const target = await readTarget(db, projection.name);
    if (position >= target || signal?.aborted) {
      return position;
    }
    const batches = readCandidateBatches(journal, { after: position, target });
    try {
      for await (const batch of prefetch(batches)) {
        await apply(batch, kind);
        position += batch.length;
        if (signal?.aborted) {
          return position;
        }
      }
    } catch (error) {
      if (!(error instanceof CandidateMovedError)) {
        throw error;
      }
    }
  }

  /** Applies events; when they fail, in ever smaller parts, up to the very one that is to blame. */
  async function apply(batch: readonly JournalEntry[], kind: RebuildRow['kind']): Promise<void> {
    const [first] = batch;
    if (first === undefined) {
      return;
    }
    try {
      await applyBatch(batch, kind, measure(batch.length));
    } catch (error) {
      if (!isOfTheEvents(error)) {
        throw error;
      }
      if (batch.length === 1) {
        const stopped = toRebuildError(projection.name, first.stored, error);
        await failRebuild(db, id, stopped);
        throw new PlayheadError('REBUILD_STOPPED', stopped.message, { cause: error });
      }
      const half = Math.ceil(batch.length / 2);
      await apply(batch.slice(0, half), kind);
      await apply(batch.slice(half), kind);
    }
  }

  async function applyBatch(
    batch: readonly JournalEntry[],
    kind: RebuildRow['kind'],
    rate: number | null,
  ): Promise<void> {
    const from = (batch[0]?.stored.position ?? 1) - 1;
    await db.transaction(async (tx) => {
      if (!(await moveCandidateCheckpoint(tx, id, { from, to: from + batch.length, rate }))) {
        throw new CandidateMovedError();
      }
      await applyToCandidate(tx, projection, batch, { kind });
    });
  }
}

/** Whether it is to be blamed on one of the events, and not on the circumstances. */
function isOfTheEvents(error: unknown): boolean {
  const isOver = error instanceof CandidateMovedError || isPlayheadError(error, 'REBUILD_STOPPED');
  return !isOver && classifyPostgresError(error) === 'permanent';
}
