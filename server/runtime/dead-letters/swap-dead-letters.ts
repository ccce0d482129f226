import { and, eq, ne } from 'drizzle-orm';
import { deadLetters } from '#server/runtime/journal/dead-letters-table.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';

/** Under which name the dead letters of a projection's previous generation are kept. */
export function toArchived(projection: string): string {
  return `${projection}@previous`;
}

/** Under which name the dead letters of a generation are kept that does not serve yet. */
export function toCandidateName(projection: string, kind: 'rollback' | 'bus'): string {
  return kind === 'rollback' ? toArchived(projection) : `${projection}@bus`;
}

/**
 * Dead letters go with the generation whose rows they explain. A new generation holds every event up
 * to the checkpoint and has none: what is dead goes to the archive of the previous one, in place of
 * what lay there. With `rollback` the two change places, for a return to the previous generation; one that
 * the bus has filled brings its own along.
 * Skipped events stay skipped in both. The transaction must hold the projection's row.
 */
export async function swapDeadLetters(
  tx: Tx,
  projection: string,
  kind: 'rebuild' | 'rollback' | 'bus',
): Promise<void> {
  const archive = toArchived(projection);
  const between = `${projection}@between`;
  if (kind === 'rollback') {
    await rename(tx, archive, between);
  } else {
    await dropArchivedDeadLetters(tx, projection);
  }
  await rename(tx, projection, archive);
  await rename(tx, between, projection);
  await rename(tx, toCandidateName(projection, 'bus'), projection);
}

/** A generation that the bus has filled is discarded, and its dead letters with it. */
export async function dropDeadLettersOfBus(tx: Tx, projection: string): Promise<void> {
  await tx
    .delete(deadLetters)
    .where(eq(deadLetters.projection, toCandidateName(projection, 'bus')));
}

/** The previous generation is gone, and its dead letters with it. */
export async function dropArchivedDeadLetters(tx: Tx, projection: string): Promise<void> {
  await tx.delete(deadLetters).where(eq(deadLetters.projection, toArchived(projection)));
}

async function rename(tx: Tx, from: string, to: string): Promise<void> {
  await tx
    .update(deadLetters)
    .set({ projection: to })
    .where(and(eq(deadLetters.projection, from), ne(deadLetters.status, 'skipped')));
}
