import { eq } from 'drizzle-orm';
import { PlayheadError } from '#lib/playhead-error.ts';
import { journalHead } from '#server/runtime/journal/journal-table.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import type { JournalEntry } from '#server/runtime/views/journal-entry.ts';
import type { JournalReader } from '#server/runtime/views/journal-reader.ts';
import { projections } from '#server/runtime/views/projections-table.ts';

/**
 * Where the generation that serves stands, as far as the journal reaches: a new generation never
 * gets ahead of it, so that the two can be compared, and change places, at one position.
 */
export async function readTarget(db: Db, projection: string): Promise<number> {
  const [row] = await db
    .select({ position: projections.position, head: journalHead.position })
    .from(projections)
    .leftJoin(journalHead, eq(journalHead.slice, 0))
    .where(eq(projections.name, projection));
  return Math.min(row?.position ?? 0, row?.head ?? 0);
}

/**
 * The journal's events behind `after` up to `target`, in batches. Throws SEQUENCE_GAP where the
 * journal has a hole or ends before `target`.
 */
export async function* readCandidateBatches(
  journal: JournalReader,
  { after, target }: { readonly after: number; readonly target: number },
): AsyncGenerator<readonly JournalEntry[], void, void> {
  for (let position = after; position < target; ) {
    const { entries } = await journal.read({ after: position, limit: target - position });
    if (entries.length === 0) {
      throw new PlayheadError(
        'SEQUENCE_GAP',
        `The journal lacks events at the positions ${position + 1} to ${target}.`,
      );
    }
    position += entries.length;
    yield entries;
  }
}
