import { asc, eq, sql } from 'drizzle-orm';
import { deadLetters, JOURNAL } from '#server/runtime/journal/dead-letters-table.ts';
import { journalAggregates } from '#server/runtime/journal/journal-table.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import type { CauseCell, DeadLetterCause } from './dead-letter-cause.ts';
import { toCondition } from './dead-letter-condition.ts';
import type { DeadLetterFilter } from './dead-letter-filter.ts';

type CauseOptions = {
  readonly skipped: boolean;
  /** Causes at most; one more tells that there are more. */
  readonly limit: number;
};

/**
 * The dead letters of ingest and of the projections by cause, the longest dead first: PostgreSQL counts
 * them, and sends none. What waits behind those of ingest is in the event store, and not counted here.
 */
export async function countProjectedCauses(
  db: Db,
  filter: DeadLetterFilter,
  { skipped, limit }: CauseOptions,
): Promise<DeadLetterCause[]> {
  const { projection, category, eventType, errorGroup } = deadLetters;
  const firstFailedAt = sql<Date>`min(${deadLetters.firstFailedAt})`.mapWith(
    deadLetters.firstFailedAt,
  );
  const rows = await db
    .select({
      projection,
      category,
      eventType,
      errorGroup,
      count: sql<number>`count(*)::int`,
      waiting: sql<string | null>`sum(CASE
        WHEN ${projection} <> ${JOURNAL} AND ${deadLetters.status} = 'dead'
        THEN ${journalAggregates.eventSequence} - ${deadLetters.eventSequence} END)`,
      firstFailedAt,
      lastFailedAt: sql<Date>`max(${deadLetters.lastFailedAt})`.mapWith(deadLetters.lastFailedAt),
    })
    .from(deadLetters)
    .leftJoin(journalAggregates, eq(journalAggregates.aggregateId, deadLetters.aggregateId))
    .where(toCondition(filter, { skipped }))
    .groupBy(projection, category, eventType, errorGroup)
    .orderBy(asc(firstFailedAt), asc(projection))
    .limit(limit);
  return rows.map(({ waiting, ...row }) => ({
    ...row,
    atLeast: false,
    waiting: waiting === null ? null : Number(waiting),
    firstFailedAt: row.firstFailedAt.toISOString(),
    lastFailedAt: row.lastFailedAt.toISOString(),
  }));
}

/** How many there are by what a list can be narrowed to. */
export async function countProjectedCells(
  db: Db,
  filter: DeadLetterFilter,
  { skipped, limit }: CauseOptions,
): Promise<CauseCell[]> {
  const { projection, category, eventType } = deadLetters;
  return db
    .select({ projection, category, eventType, count: sql<number>`count(*)::int` })
    .from(deadLetters)
    .where(toCondition(filter, { skipped }))
    .groupBy(projection, category, eventType)
    .limit(limit);
}
