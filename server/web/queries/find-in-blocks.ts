import { and, type SQL, sql } from 'drizzle-orm';
import { journal } from '#server/runtime/journal/journal-table.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import { LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { containsTerm, FOLD } from '#server/runtime/queries/search-terms.ts';
import { ACTOR, type EventFilter, type FoundEvent, isMeant } from './find-events.ts';

/** The index has a key for each 8,192 positions, so that it can be asked about the newest ones first. */
export const BLOCK_BITS = 13;

/** What a search looks into: an event's aggregate and payload, as the index of texts has them. */
export const TEXT = sql`${FOLD}(${sql.raw(`${LIVE_SCHEMA}.event_text`)}(${journal.aggregateId}, ${journal.eventData}))`;
/** The same, by which the index of texts is not tempted. */
export const UNINDEXED_TEXT = sql`(${TEXT} || '')`;
export const FOUND = sql`${journal.position}::float8 AS position, ${journal.eventType} AS "eventType",
  coalesce(${ACTOR}, '') AS actor`;

/** The matching ones from `first` to before `end`, each event being looked at: past the index of texts. */
export async function lookAt(
  tx: Tx,
  terms: readonly string[],
  filter: EventFilter,
  {
    end,
    first,
    limit,
    isOldestFirst = false,
  }: { end: number; first: number; limit: number; isOldestFirst?: boolean },
): Promise<FoundEvent[]> {
  const matches = terms.map((term) => containsTerm(UNINDEXED_TEXT, term));
  const rows = await tx.execute<FoundEvent>(sql`
    SELECT ${FOUND} FROM ${journal}
    WHERE ${and(
      sql`${journal.position} >= ${first}`,
      sql`${journal.position} < ${end}`,
      isMeant(filter),
      ...matches,
    )}
    ORDER BY ${journal.position} ${isOldestFirst ? sql`ASC` : sql`DESC`} LIMIT ${limit}`);
  return rows;
}

/** From block to block, the newest or the oldest first, until there are enough: each is one look into the index. */
export async function findInBlocks(
  tx: Tx,
  condition: SQL,
  { types, actors, aggregateId, after }: EventFilter,
  { end, limit, from, to }: { end: number; limit: number; from: number; to: number },
): Promise<FoundEvent[]> {
  const [step, direction] = from <= to ? [1, sql`ASC`] : [-1, sql`DESC`];
  // An index of this kind compares with one value at a time.
  const cells = sql`(VALUES (1)) AS one (row)
    ${types.length > 0 ? sql`CROSS JOIN unnest(${sql.param(types)}::text[]) AS of_type (event_type)` : sql``}
    ${actors.length > 0 ? sql`CROSS JOIN unnest(${sql.param(actors)}::text[]) AS by_actor (actor)` : sql``}`;
  const rows = await tx.execute<FoundEvent>(sql`
    SELECT found.* FROM generate_series(${from}::bigint, ${to}::bigint, ${step}::bigint) AS block (number)
    CROSS JOIN LATERAL (
      SELECT event.* FROM ${cells} CROSS JOIN LATERAL (
        SELECT ${FOUND} FROM ${journal}
        WHERE ${and(
          sql`(${journal.position} >> ${sql.raw(`${BLOCK_BITS}`)}) = block.number`,
          condition,
          types.length > 0 ? sql`${journal.eventType} = of_type.event_type` : undefined,
          actors.length > 0 ? sql`${ACTOR} = by_actor.actor` : undefined,
          aggregateId === undefined ? undefined : sql`${journal.aggregateId} = ${aggregateId}`,
          // Not by the index of positions: it would look at every event.
          sql`${journal.position} + 0 < ${end}`,
          after === 0 ? undefined : sql`${journal.position} + 0 > ${after}`,
        )}
      ) AS event ORDER BY position ${direction} LIMIT ${limit}
    ) AS found LIMIT ${limit}`);
  return rows;
}
