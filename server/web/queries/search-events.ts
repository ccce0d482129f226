import { and, type SQL, sql } from 'drizzle-orm';
import { journal } from '#server/journal/journal-table.ts';
import type { Tx } from '#server/platform/postgres.ts';
import { LIVE_SCHEMA } from '#server/platform/schemas.ts';
import { startsWithPattern } from '../like-pattern.ts';
import { containsTerm, FOLD, isIndexable, toTerms } from '../search-terms.ts';
import {
  ACTOR,
  type EventFilter,
  type FoundEvent,
  findEvents,
  isMeant,
  type Range,
} from './find-events.ts';
import { getHead } from './journal-head.ts';

export type SearchRange = Range & {
  /** So many are enough where to find `limit` of them would take long. */
  readonly enough: number;
};

export type FoundBySearch = {
  /** Newest first, without one left out in between. */
  readonly found: readonly FoundEvent[];
  /** How many there are; at least so many, when that is not all. */
  readonly count: number;
  readonly isAll: boolean;
};

/** The index has a key for each 8,192 positions, so that it can be asked about the newest ones first. */
const BLOCK_BITS = 13;

/** So many of the newest blocks are looked through before the whole index is asked. */
const NEWEST_BLOCKS = 8;

/** So many of the newest events are looked at one by one first. */
const LOOKED_AT = 512;

/**
 * Where one in four of them matches, the others are met by going on so, within so many times as many as
 * are wanted: it takes less than to have a whole block of the index checked and sorted.
 */
const FREQUENT = 4;
const FAR = 8;

/** Without an index so many of the newest events are looked through. */
export const SCANNED_EVENTS = 20_000;

/** An event id is looked for by its beginning; shorter texts begin too many. */
const SHORTEST_EVENT_ID = 8;

const TEXT = sql`${FOLD}(${sql.raw(`${LIVE_SCHEMA}.event_text`)}(${journal.aggregateId}, ${journal.eventData}))`;
const FOUND = sql`${journal.position}::float8 AS position, ${journal.eventType} AS "eventType",
  coalesce(${ACTOR}, '') AS actor`;

/** Whether the index that finds events by their texts is there: PostgreSQL may lack its extensions. */
export async function hasSearchIndex(tx: Tx): Promise<boolean> {
  const rows = await tx.execute<{ is_there: boolean }>(
    sql`SELECT to_regclass(${`${LIVE_SCHEMA}.journal_search`}) IS NOT NULL AS is_there`,
  );
  return rows[0]?.is_there ?? false;
}

/**
 * The newest events that a filter means and that contain every term of `q` (in their account's number
 * or their payload, amounts as they are shown), or whose id begins with it. Frequent terms are found in
 * the newest blocks; rare ones by one look into the whole index; what is in between block by block.
 */
export async function searchEvents(
  tx: Tx,
  q: string,
  filter: EventFilter,
  range: SearchRange,
  isIndexed: boolean,
): Promise<FoundBySearch> {
  const byId = q.length < SHORTEST_EVENT_ID ? [] : await findByEventId(tx, q, filter, range);
  const byText = await findByText(tx, toTerms(q), filter, range, isIndexed);
  const found = [
    ...new Map([...byId, ...byText.found].map((event) => [event.position, event])).values(),
  ]
    .sort((a, b) => b.position - a.position)
    .slice(0, range.limit);
  const count = Math.max(found.length, byText.count);
  return { found, count, isAll: byText.isAll && count < range.limit };
}

async function findByEventId(tx: Tx, q: string, filter: EventFilter, { before, limit }: Range) {
  const rows = await tx.execute<FoundEvent>(sql`
    SELECT ${FOUND} FROM ${journal}
    WHERE ${journal.eventId} LIKE ${startsWithPattern(q.toLowerCase())} AND ${isMeant(filter)}
      AND ${before === undefined ? sql`true` : sql`${journal.position} < ${before}`}
    LIMIT ${limit}`);
  return rows;
}

async function findByText(
  tx: Tx,
  terms: readonly string[],
  filter: EventFilter,
  range: SearchRange,
  isIndexed: boolean,
): Promise<FoundBySearch> {
  const { before, limit, enough } = range;
  const condition = and(...terms.map((term) => containsTerm(TEXT, term))) ?? sql`true`;
  if (filter.correlationId !== undefined) {
    const found = await findEvents(tx, filter, range, condition);
    return { found, count: found.length, isAll: found.length < limit };
  }
  const end = before ?? (await getHead(tx)) + 1;
  if (!isIndexed || !terms.some(isIndexable)) {
    const first = Math.max(0, end - SCANNED_EVENTS);
    const rows = await tx.execute<FoundEvent>(sql`
      SELECT ${FOUND} FROM ${journal}
      WHERE ${and(sql`${journal.position} >= ${first}`, sql`${journal.position} < ${end}`, isMeant(filter), condition)}
      ORDER BY ${journal.position} DESC LIMIT ${limit}`);
    return { found: rows, count: rows.length, isAll: first === 0 && rows.length < limit };
  }
  const near = await lookAt(tx, terms, filter, { end, first: end - LOOKED_AT, limit });
  if (near.length >= LOOKED_AT / FREQUENT) {
    const found = await lookAt(tx, terms, filter, { end, first: end - FAR * limit, limit });
    if (found.length === limit) {
      return { found, count: limit, isAll: false };
    }
  }
  const newestBlock = Math.floor((end - 1) / 2 ** BLOCK_BITS);
  const lastBlock = Math.max(0, newestBlock - NEWEST_BLOCKS + 1);
  const recent = await findInBlocks(tx, condition, filter, {
    end,
    limit,
    from: newestBlock,
    to: lastBlock,
  });
  if (recent.length === limit || lastBlock === 0) {
    return { found: recent, count: recent.length, isAll: recent.length < limit };
  }
  const rare = await tx.execute<FoundEvent>(sql`
    SELECT ${FOUND} FROM ${journal}
    WHERE ${condition} AND ${isMeant(filter)} AND ${journal.position} + 0 < ${end} LIMIT ${limit}`);
  if (rare.length < limit) {
    const found = rare.toSorted((a, b) => b.position - a.position);
    return { found, count: found.length, isAll: true };
  }
  const missing = enough - recent.length;
  const blocks = { end, limit: missing, from: lastBlock - 1, to: 0 };
  const older = missing <= 0 ? [] : await findInBlocks(tx, condition, filter, blocks);
  return { found: [...recent, ...older], count: limit, isAll: false };
}

/** The matching ones from `first` to before `end`, each event being looked at: past the index of texts. */
async function lookAt(
  tx: Tx,
  terms: readonly string[],
  filter: EventFilter,
  { end, first, limit }: { end: number; first: number; limit: number },
): Promise<FoundEvent[]> {
  const matches = terms.map((term) => containsTerm(sql`(${TEXT} || '')`, term));
  const rows = await tx.execute<FoundEvent>(sql`
    SELECT ${FOUND} FROM ${journal}
    WHERE ${and(
      sql`${journal.position} >= ${first}`,
      sql`${journal.position} < ${end}`,
      isMeant(filter),
      ...matches,
    )}
    ORDER BY ${journal.position} DESC LIMIT ${limit}`);
  return rows;
}

/** From block to block, newest first, until there are enough: each is one look into the index. */
async function findInBlocks(
  tx: Tx,
  condition: SQL,
  { types, actors, aggregateId }: EventFilter,
  { end, limit, from, to }: { end: number; limit: number; from: number; to: number },
): Promise<FoundEvent[]> {
  // An index of this kind compares with one value at a time.
  const cells = sql`(VALUES (1)) AS one (row)
    ${types.length > 0 ? sql`CROSS JOIN unnest(${sql.param(types)}::text[]) AS of_type (event_type)` : sql``}
    ${actors.length > 0 ? sql`CROSS JOIN unnest(${sql.param(actors)}::text[]) AS by_actor (actor)` : sql``}`;
  const rows = await tx.execute<FoundEvent>(sql`
    SELECT found.* FROM generate_series(${from}::bigint, ${to}::bigint, -1) AS block (number)
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
        )}
      ) AS event ORDER BY position DESC LIMIT ${limit}
    ) AS found LIMIT ${limit}`);
  return rows;
}
