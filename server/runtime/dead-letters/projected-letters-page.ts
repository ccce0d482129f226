import { and, asc, eq, sql } from 'drizzle-orm';
import { deadLetters, JOURNAL } from '#server/runtime/journal/dead-letters-table.ts';
import { journalAggregates } from '#server/runtime/journal/journal-table.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import type { DeadLetter } from './dead-letter.ts';
import { toCondition } from './dead-letter-condition.ts';
import type { DeadLetterFilter } from './dead-letter-filter.ts';
import { toDeadLetter } from './list-projected.ts';

/** Where a page of letters ended. */
export type LetterPlace = { readonly aggregateId: string; readonly eventSequence: number };

type PageOptions = {
  readonly skipped: boolean;
  readonly after?: LetterPlace | undefined;
  readonly limit: number;
};

/**
 * Letters of ingest or of a projection that a filter means, by aggregate and event, without their
 * stacks and stored items, which may be large.
 */
export async function readProjectedLetters(
  db: Db,
  filter: DeadLetterFilter,
  { skipped, after, limit }: PageOptions,
): Promise<DeadLetter[]> {
  const { stack: _, rawItem: __, ...columns } = deadLetters;
  const { projection, aggregateId, eventSequence, position, eventId, eventType } = columns;
  const { category, error, errorGroup, attempts, firstFailedAt, lastFailedAt, status } = columns;
  const { skippedAt, skippedBy, skipReason } = columns;
  const rows = await db
    .select({
      ...{ projection, aggregateId, eventSequence, position, eventId, eventType },
      ...{ category, error, errorGroup, attempts, firstFailedAt, lastFailedAt, status },
      ...{ skippedAt, skippedBy, skipReason },
      stack: sql<null>`NULL`,
      rawItem: sql<null>`NULL`,
      waiting: sql<number | null>`CASE WHEN ${projection} <> ${JOURNAL} AND ${status} = 'dead'
        THEN ${journalAggregates.eventSequence} - ${eventSequence} END`,
    })
    .from(deadLetters)
    .leftJoin(journalAggregates, eq(journalAggregates.aggregateId, aggregateId))
    .where(
      and(
        toCondition(filter, { skipped }),
        after &&
          sql`(${aggregateId}, ${eventSequence}) > (${after.aggregateId}, ${after.eventSequence}::int)`,
      ),
    )
    .orderBy(asc(aggregateId), asc(eventSequence))
    .limit(limit);
  return rows.map(toDeadLetter);
}
