import { and, inArray, type SQL, sql } from 'drizzle-orm';
import { journal } from './journal-table.ts';

/** Which of the journal's rows are of these types of aggregates and of events; empty lists leave nothing out. */
export function isOfTypes(
  aggregateTypes: readonly string[],
  eventTypes: readonly string[],
): SQL | undefined {
  return and(
    aggregateTypes.length === 0
      ? undefined
      : inArray(sql`split_part(${journal.aggregateId}, '#', 1)`, [...aggregateTypes]),
    eventTypes.length === 0 ? undefined : inArray(journal.eventType, [...eventTypes]),
  );
}
