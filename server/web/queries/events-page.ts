import { desc, gt, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { EventsPage } from '#lib/contracts/queries.ts';
import { formatCount } from '#lib/count-format.ts';
import { groupBy } from '#lib/group-by.ts';
import { requireAccountId } from '#server/commands/require-account-id.ts';
import { toAggregateId } from '#server/domain/recorded-event.ts';
import { journal, journalCounts } from '#server/journal/journal-table.ts';
import type { Db, Tx } from '#server/platform/postgres.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { toJournalItem } from '../event-item.ts';
import { toFacets } from '../facets.ts';
import { listParam, pageParams, textParam } from '../parse-query.ts';
import { readSnapshot } from '../snapshot.ts';
import { type EventFilter, type FoundEvent, findEvents } from './find-events.ts';
import { getHead } from './journal-head.ts';
import { hasSearchIndex, SCANNED_EVENTS, searchEvents } from './search-events.ts';

/**
 * Several `type` or `actor` widen the filter; `q` is looked for in the account's number and in the
 * payload, word by word, or is the beginning of an event id.
 */
export const eventsQuerySchema = z.object({
  type: listParam,
  actor: listParam,
  accountId: textParam,
  correlationId: textParam,
  q: textParam,
  ...pageParams,
});
type EventsQuery = z.infer<typeof eventsQuerySchema>;

const placeSchema = z.object({ position: z.number().int() });

/** Events of an account or a correlation are counted up to here, and those that a search finds. */
const MOST_COUNTED = 10_000;
const MOST_FOUND = 500;

/** Rows of a page, newest first, and what there is besides. */
type Found = {
  readonly page: readonly FoundEvent[];
  readonly total: number;
  /** Whether there are more than `total`. */
  readonly atLeast: boolean;
  /** By type and actor, of the filter without these two. */
  readonly cells: readonly {
    readonly one: string;
    readonly other: string;
    readonly count: number;
  }[];
  readonly note: string | null;
};

/** Whether what a query finds is counted already; else its events are looked through, up to a bound. */
export function isCounted({ q, accountId, correlationId }: EventsQuery): boolean {
  return !q && !accountId && !correlationId;
}

/**
 * A page of the journal, newest first. Total and facets are of the whole filter, a facet without
 * its own dimension; where counting would take long they are lower bounds (`atLeast`). Throws
 * INVALID_INPUT for another list's cursor.
 */
export async function getEventsPage(db: Db, query: EventsQuery): Promise<EventsPage> {
  const { cursor, limit, type, actor } = query;
  const before = cursor === undefined ? undefined : parseCursor(placeSchema, cursor).position;
  const filter = toFilter(query);
  return readSnapshot(db, async (tx) => {
    const head = await getHead(tx);
    const { page, total, atLeast, cells, note } = isCounted(query)
      ? await readCounted(tx, filter, before, limit)
      : await readFound(tx, query.q ?? '', filter, before, limit);
    const { one, other } = toFacets(cells, { one: type, other: actor });
    const items = await loadEvents(tx, page.slice(0, limit));
    const last = page.at(limit - 1);
    return {
      items,
      total,
      atLeast,
      note,
      nextCursor: page.length > limit && last ? encodeCursor({ position: last.position }) : null,
      facets: { eventType: one, actor: other },
      head,
    };
  });
}

/** By type and actor: how many there are is kept with the journal. */
async function readCounted(
  tx: Tx,
  filter: EventFilter,
  before: number | undefined,
  limit: number,
): Promise<Found> {
  const cells = await tx
    .select({
      one: journalCounts.eventType,
      other: journalCounts.actor,
      count: journalCounts.events,
    })
    .from(journalCounts)
    .where(gt(journalCounts.events, 0));
  const { total } = toFacets(cells, { one: filter.types, other: filter.actors });
  const page = await findEvents(tx, filter, { before, limit: limit + 1 });
  return { page, total, atLeast: false, cells, note: null };
}

/** By account, correlation or text: what is found is counted, up to a bound. */
async function readFound(
  tx: Tx,
  q: string,
  filter: EventFilter,
  before: number | undefined,
  limit: number,
): Promise<Found> {
  const most = q === '' ? MOST_COUNTED : MOST_FOUND;
  const isIndexed = q !== '' && (await hasSearchIndex(tx));
  const find = async (meant: EventFilter, range: { before: number | undefined; limit: number }) => {
    if (q !== '') {
      return searchEvents(tx, q, meant, { ...range, enough: limit + 1 }, isIndexed);
    }
    const found = await findEvents(tx, meant, range);
    return { found, count: found.length, isAll: found.length < range.limit };
  };
  const whole = { before: undefined, limit: most + 1 };
  const meant = await find(filter, whole);
  const isNarrowed = filter.types.length + filter.actors.length > 0;
  const all = isNarrowed ? await find({ ...filter, types: [], actors: [] }, whole) : meant;
  const page = before === undefined ? meant : await find(filter, { before, limit: limit + 1 });
  return {
    page: page.found.slice(0, limit + 1),
    total: Math.min(meant.count, most),
    atLeast: !(meant.isAll && all.isAll),
    cells: toCells(all.found.slice(0, most)),
    note: q === '' || isIndexed ? null : noIndexNote,
  };
}

const noIndexNote =
  `Only the newest ${formatCount(SCANNED_EVENTS)} events were searched: this database lacks the index ` +
  'for more, which needs the extensions pg_trgm and btree_gin (docs/operations.md says how to add it).';

function toCells(found: readonly FoundEvent[]) {
  const cells = groupBy(found, ({ eventType, actor }) => JSON.stringify([eventType, actor]));
  return [...cells.values()].flatMap((events) =>
    events
      .slice(0, 1)
      .map(({ eventType, actor }) => ({ one: eventType, other: actor, count: events.length })),
  );
}

async function loadEvents(tx: Tx, found: readonly FoundEvent[]) {
  const positions = found.map(({ position }) => position);
  const rows = await tx
    .select()
    .from(journal)
    .where(sql`${journal.position} = ANY(${sql.param(positions)}::bigint[])`)
    .orderBy(desc(journal.position));
  return rows.map(toJournalItem);
}

function toFilter({ type, actor, accountId, correlationId }: EventsQuery): EventFilter {
  return {
    types: type,
    actors: actor,
    aggregateId: accountId ? toAggregateId(requireAccountId(accountId)) : undefined,
    correlationId: correlationId || undefined,
  };
}
