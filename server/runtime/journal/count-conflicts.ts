import { and, eq, ne } from 'drizzle-orm';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { deadLetters, JOURNAL } from './dead-letters-table.ts';

/** Aggregates of which the journal holds another event than the event store has (`findConflicts`). */
export async function countConflicts(db: Db): Promise<number> {
  const isConflict = eq(deadLetters.category, 'conflict');
  return db.$count(
    deadLetters,
    and(eq(deadLetters.projection, JOURNAL), ne(deadLetters.status, 'skipped'), isConflict),
  );
}
