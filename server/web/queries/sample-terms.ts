import { and, type SQL, sql } from 'drizzle-orm';
import { journal } from '#server/runtime/journal/journal-table.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import { containsTerm, isIndexable } from '#server/runtime/queries/search-terms.ts';
import { type EventFilter, isMeant } from './find-events.ts';
import { TEXT } from './find-in-blocks.ts';

/** So many of the newest events are looked at one by one first. */
const LOOKED_AT = 512;

/** So many of all times are looked at to tell which words are frequent. */
const SAMPLED = 256;

/** One in so many of those that are looked at makes a word a frequent one. */
const FREQUENT = 4;

/**
 * Whether many of the newest events match, and which terms the index is to be asked for: not for those that many
 * events of all times have where another one has none of these, for then it is quicker to look at each
 * that has the other.
 */
export async function sampleTerms(
  tx: Tx,
  terms: readonly string[],
  filter: EventFilter,
  end: number,
) {
  const matches = terms.map((term) => containsTerm(sql`event.text`, term));
  const having = (...match: (SQL | undefined)[]) => sql`count(*) FILTER (WHERE ${and(...match)})`;
  const counts = [
    having(sql`event.is_meant`, sql`event.position >= ${end - LOOKED_AT}`, ...matches),
    ...matches.map((match) => having(sql`event.position < ${end - LOOKED_AT}`, match)),
  ];
  const some = (where: SQL) => sql`
    SELECT ${journal.position}, ${TEXT} AS text, ${isMeant(filter)} AS is_meant FROM ${journal} WHERE ${where}`;
  const step = Math.max(1, Math.floor((end - LOOKED_AT) / SAMPLED));
  const counted = await tx.execute<{ events: number }>(sql`
    SELECT unnest(ARRAY[${sql.join(counts, sql`, `)}])::int AS events FROM (
      ${some(sql`${journal.position} >= ${end - LOOKED_AT} AND ${journal.position} < ${end}`)}
      UNION ALL
      ${some(sql`${journal.position} = ANY(ARRAY(
        SELECT generate_series(1::bigint, ${end - LOOKED_AT - 1}::bigint, ${step}::bigint)))`)}
    ) AS event`);
  const [matching = 0, ...each] = counted.map(({ events }) => events);
  const isRare = terms.some((term, index) => each[index] === 0 && isIndexable(term));
  return {
    isFrequent: matching >= LOOKED_AT / FREQUENT,
    isForIndex: (index: number) => !isRare || (each[index] ?? 0) < SAMPLED / FREQUENT,
  };
}
