import { and, sql } from 'drizzle-orm';
import { journal } from '#server/runtime/journal/journal-table.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import { LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { startsWithPattern } from '#server/runtime/queries/like-pattern.ts';
import { containsTerm, isIndexable, toTerms } from '#server/runtime/queries/search-terms.ts';
import {
  type EventFilter,
  type FoundEvent,
  findEvents,
  isMeant,
  type Range,
} from './find-events.ts';
import { BLOCK_BITS, FOUND, findInBlocks, lookAt, TEXT, UNINDEXED_TEXT } from './find-in-blocks.ts';
import { getHead } from './journal-head.ts';
import { sampleTerms } from './sample-terms.ts';

export type SearchRange = Range & {
  /** So many are enough where to find `limit` of them would take long. */
  readonly enough: number;
};

export type FoundBySearch = {
  /** Newest first, without one left out in between; more than were asked for, when that is all. */
  readonly found: readonly FoundEvent[];
  /** How many there are; at least so many, when that is not all. */
  readonly count: number;
  readonly isAll: boolean;
};

/** So many of the newest blocks are looked through before the whole index is asked. */
const NEWEST_BLOCKS = 8;

/**
 * Where many of the newest events match, the others are met by looking at each, within so many times as many as
 * are wanted: it takes less than to have a whole block of the index checked and sorted.
 */
const FAR = 8;

/** So many blocks behind them are gone through for a page, where the newest ones promise very many matches. */
const NEXT_BLOCKS = 64;

/**
 * Up to so many matches in the whole journal are looked up and put in order; where there are more, going from
 * block to block meets enough of them soon.
 */
const MOST_SORTED = 2_000;

/** Without an index so many of the newest events are looked through. */
export const SCANNED_EVENTS = 20_000;

/** An event id is looked for by its beginning; shorter texts begin too many. */
const SHORTEST_EVENT_ID = 8;

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
  ].sort((a, b) => b.position - a.position);
  const isAll = byText.isAll && byId.length < range.limit;
  const count = Math.max(found.length, byText.count);
  return { found: isAll ? found : found.slice(0, range.limit), count, isAll };
}

/**
 * The oldest events behind `filter.after` that match, the oldest first: for a page before another, behind which there
 * are too many matches for all of them to be known. As far as `searchEvents` looks back, this looks ahead.
 */
export async function searchAhead(
  tx: Tx,
  q: string,
  filter: EventFilter,
  { before, limit }: Range,
  isIndexed: boolean,
): Promise<readonly FoundEvent[]> {
  const byId =
    q.length < SHORTEST_EVENT_ID ? [] : await findByEventId(tx, q, filter, { before, limit });
  const byText = await findAheadByText(tx, toTerms(q), filter, { before, limit }, isIndexed);
  const found = new Map([...byId, ...byText].map((event) => [event.position, event]));
  return [...found.values()].sort((a, b) => a.position - b.position).slice(0, limit);
}

async function findAheadByText(
  tx: Tx,
  terms: readonly string[],
  filter: EventFilter,
  { before, limit }: Range,
  isIndexed: boolean,
): Promise<readonly FoundEvent[]> {
  const all = and(...terms.map((term) => containsTerm(TEXT, term))) ?? sql`true`;
  if (filter.correlationId !== undefined) {
    return findEvents(tx, filter, { before, limit, isOldestFirst: true }, all);
  }
  const end = before ?? (await getHead(tx)) + 1;
  const first = filter.after + 1;
  const isSearchable = isIndexed && terms.some(isIndexable);
  const ahead = isSearchable ? FAR * limit : SCANNED_EVENTS;
  const near = { first, end: Math.min(end, first + ahead), limit, isOldestFirst: true };
  const found = await lookAt(tx, terms, filter, near);
  if (found.length === limit || near.end === end || !isSearchable) {
    return found;
  }
  return findInBlocks(tx, all, filter, {
    end,
    limit,
    from: Math.floor(first / 2 ** BLOCK_BITS),
    to: Math.floor((end - 1) / 2 ** BLOCK_BITS),
  });
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
  const all = and(...terms.map((term) => containsTerm(TEXT, term))) ?? sql`true`;
  if (filter.correlationId !== undefined) {
    const found = await findEvents(tx, filter, range, all);
    return { found, count: found.length, isAll: found.length < limit };
  }
  const end = before ?? (await getHead(tx)) + 1;
  if (!isIndexed || !terms.some(isIndexable)) {
    const first = Math.max(filter.after + 1, end - SCANNED_EVENTS);
    const rows = await tx.execute<FoundEvent>(sql`
      SELECT ${FOUND} FROM ${journal}
      WHERE ${and(sql`${journal.position} >= ${first}`, sql`${journal.position} < ${end}`, isMeant(filter), all)}
      ORDER BY ${journal.position} DESC LIMIT ${limit}`);
    return {
      found: rows,
      count: rows.length,
      isAll: first === filter.after + 1 && rows.length < limit,
    };
  }
  const some = await sampleTerms(tx, terms, filter, end);
  if (some.isFrequent) {
    const found = await lookAt(tx, terms, filter, {
      end,
      first: Math.max(filter.after + 1, end - FAR * limit),
      limit,
    });
    if (found.length === limit) {
      return { found, count: limit, isAll: false };
    }
  }
  const condition =
    and(
      ...terms.map((term, index) =>
        containsTerm(some.isForIndex(index) ? TEXT : UNINDEXED_TEXT, term),
      ),
    ) ?? sql`true`;
  const newestBlock = Math.floor((end - 1) / 2 ** BLOCK_BITS);
  const firstBlock = Math.floor((filter.after + 1) / 2 ** BLOCK_BITS);
  const lastBlock = Math.max(firstBlock, newestBlock - NEWEST_BLOCKS + 1);
  const recent = await findInBlocks(tx, condition, filter, {
    end,
    limit,
    from: newestBlock,
    to: lastBlock,
  });
  if (recent.length === limit || lastBlock === firstBlock) {
    return { found: recent, count: recent.length, isAll: recent.length < limit };
  }
  const missing = Math.max(0, enough - recent.length);
  const further = (to: number) =>
    missing === 0
      ? []
      : findInBlocks(tx, condition, filter, { end, limit: missing, from: lastBlock - 1, to });
  if (recent.length * (lastBlock - firstBlock) > MOST_SORTED * NEWEST_BLOCKS) {
    const next = await further(Math.max(firstBlock, lastBlock - NEXT_BLOCKS));
    if (next.length === missing) {
      const found = [...recent, ...next];
      return { found, count: found.length, isAll: false };
    }
  }
  const rare = await tx.execute<FoundEvent>(sql`
    SELECT ${FOUND} FROM ${journal}
    WHERE ${condition} AND ${isMeant(filter)} AND ${journal.position} + 0 < ${end} LIMIT ${MOST_SORTED}`);
  if (rare.length < MOST_SORTED) {
    const found = rare.toSorted((a, b) => b.position - a.position);
    return { found, count: found.length, isAll: true };
  }
  return { found: [...recent, ...(await further(firstBlock))], count: limit, isAll: false };
}
