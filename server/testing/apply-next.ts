import type { Db } from '#server/platform/postgres.ts';
import { applyBatch } from '#server/projections/apply-batch.ts';
import type { Checkpoint } from '#server/projections/checkpoint.ts';
import { readEntries } from '#server/projections/journal-reader.ts';
import type { Projection } from '#server/projections/projection.ts';

/** Applies the journal's next events, at most `limit`, to a projection, as its projector would. */
export async function applyNext(
  db: Db,
  projection: Projection,
  checkpoint: Checkpoint,
  limit: number,
): Promise<number | 'moved'> {
  const entries = await readEntries(db, { after: checkpoint.position, limit });
  return applyBatch(db, projection, checkpoint, { entries });
}
