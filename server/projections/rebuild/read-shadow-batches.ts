import { eq } from 'drizzle-orm';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { JournalEvent } from '#server/journal/journal-event.ts';
import { journalHead } from '#server/journal/journal-table.ts';
import { readJournal } from '#server/journal/read-journal.ts';
import type { Db } from '#server/platform/postgres.ts';
import { projections } from '../projections-table.ts';

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
 * The journal's events behind `after` up to `target`, in batches of at most `size`. Throws
 * SEQUENCE_GAP where the journal has a hole.
 */
export async function* readShadowBatches(
  db: Db,
  {
    after,
    target,
    size,
  }: { readonly after: number; readonly target: number; readonly size: number },
): AsyncGenerator<readonly JournalEvent[], void, void> {
  for (let position = after; position < target; ) {
    const limit = Math.min(size, target - position);
    const stored = await readJournal(db, { after: position, limit });
    position += limit;
    if (stored.length !== limit || stored.at(-1)?.position !== position) {
      throw new PlayheadError(
        'SEQUENCE_GAP',
        `The journal lacks events at the positions ${position - limit + 1} to ${position}.`,
      );
    }
    yield stored;
  }
}
