import type { Db } from '#server/runtime/platform/postgres.ts';
import { applyBatch } from '#server/runtime/views/apply-batch.ts';
import type { Checkpoint } from '#server/runtime/views/checkpoint.ts';
import { readEntries } from '#server/runtime/views/journal-reader.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import { TEST_CODEC } from './event-codec.ts';

/** Applies the journal's next events, at most `limit`, to a projection, as its projector would. */
export async function applyNext(
  db: Db,
  projection: PostgresView,
  checkpoint: Checkpoint,
  limit: number,
): Promise<number | 'moved'> {
  const entries = await readEntries(db, TEST_CODEC, { after: checkpoint.position, limit });
  return applyBatch(db, projection, checkpoint, { entries });
}
