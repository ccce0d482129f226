import { and, eq, isNull, ne, type SQL, sql } from 'drizzle-orm';
import { deadLetters } from '#server/runtime/journal/dead-letters-table.ts';
import type { DeadLetterFilter } from './dead-letter-filter.ts';

/** Which rows of `dead_letters` a filter means: of those that wait, or of the skipped ones. */
export function toCondition(
  { projection, aggregateId, category, eventType, errorGroup }: DeadLetterFilter,
  { skipped }: { readonly skipped: boolean },
): SQL | undefined {
  return and(
    skipped ? eq(deadLetters.status, 'skipped') : ne(deadLetters.status, 'skipped'),
    // What is kept with a projection's previous generation is no matter of now.
    sql`${deadLetters.projection} NOT LIKE '%@%'`,
    projection === undefined ? undefined : eq(deadLetters.projection, projection),
    aggregateId === undefined ? undefined : eq(deadLetters.aggregateId, aggregateId),
    category === undefined ? undefined : eq(deadLetters.category, category),
    eventType === undefined
      ? undefined
      : eventType === null
        ? isNull(deadLetters.eventType)
        : eq(deadLetters.eventType, eventType),
    errorGroup === undefined ? undefined : eq(deadLetters.errorGroup, errorGroup),
  );
}
