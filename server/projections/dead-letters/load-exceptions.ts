import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { deadLetters, JOURNAL } from '#server/journal/dead-letters-table.ts';
import type { Db, Tx } from '#server/platform/postgres.ts';

/** Which of some aggregates are not as usual in a projection. */
export type Exceptions = {
  /** Aggregates that wait at a dead letter, with its sequence. */
  readonly blocked: ReadonlyMap<string, number>;
  /** The sequences that were skipped, by aggregate; by ingest as well, which left them out of the journal. */
  readonly skipped: ReadonlyMap<string, ReadonlySet<number>>;
};

/**
 * Looks up what is dead or skipped of these aggregates. To be trusted within a transaction that
 * holds the projection's row in `projections`: nobody changes dead letters without it.
 */
export async function loadExceptions(
  db: Db | Tx,
  projectionName: string,
  aggregateIds: readonly string[],
): Promise<Exceptions> {
  const rows = await db
    .select({
      aggregateId: deadLetters.aggregateId,
      eventSequence: deadLetters.eventSequence,
      status: deadLetters.status,
    })
    .from(deadLetters)
    .where(
      and(
        inArray(deadLetters.projection, [sql.placeholder('name'), JOURNAL]),
        sql`${deadLetters.aggregateId} = ANY(${sql.placeholder('ids')}::text[])`,
        or(eq(deadLetters.projection, sql.placeholder('name')), eq(deadLetters.status, 'skipped')),
      ),
    )
    .prepare('projection_exceptions')
    .execute({ name: projectionName, ids: aggregateIds });
  const blocked = new Map<string, number>();
  const skipped = new Map<string, Set<number>>();
  for (const { aggregateId, eventSequence, status } of rows) {
    if (status === 'skipped') {
      const sequences = skipped.get(aggregateId) ?? new Set();
      skipped.set(aggregateId, sequences.add(eventSequence));
    } else {
      blocked.set(aggregateId, eventSequence);
    }
  }
  return { blocked, skipped };
}
