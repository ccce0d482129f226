import { desc, gt, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { EventsPage } from '#lib/contracts/queries.ts';
import { formatCount } from '#lib/count-format.ts';
import { groupBy } from '#lib/group-by.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { journal, journalCounts } from '#server/runtime/journal/journal-table.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { type Facet, toFacets } from '#server/runtime/queries/facets.ts';
import { readCursor, toPage } from '#server/runtime/queries/keyset-page.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import { toJournalItem } from '../event-item.ts';
import { getPositionsBefore } from './arrivals.ts';
import { type EventsQuery, isCounted, toFilter } from './events-query.ts';
import { type EventFilter, type FoundEvent, findEvents } from './find-events.ts';
import { getHead } from './journal-head.ts';
import {
  type FoundBySearch,
  hasSearchIndex,
  SCANNED_EVENTS,
  searchAhead,
  searchEvents,
} from './search-events.ts';

const placeSchema = z.object({ position: z.number().int() });

/** Events of an aggregate or a correlation are counted up to here, and those that a search finds. */
const MOST_COUNTED = 10_000;
const MOST_FOUND = 500;

/** So many times as many as a page has are searched for where types and actors leave some of them out. */
const NARROWED = 3;

/** Rows of a page and one more, in the order of reading, and what there is besides. */
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

/**
 * A page of the journal, newest first. Total and facets are of the whole filter, a facet without
 * its own dimension; where counting would take long they are lower bounds (`atLeast`). Throws
 * INVALID_INPUT for another list's cursor, and AGGREGATE_NOT_FOUND for what can be no id.
 */
export async function getEventsPage(
  db: Db,
  store: EventStoreTypes,
  query: EventsQuery,
): Promise<EventsPage> {
  const { cursor, limit, actor } = query;
  const asked = readCursor(placeSchema, cursor);
  const meant = toFilter(store, query);
  return readSnapshot(db, async (tx) => {
    const head = await getHead(tx);
    const { after, end } = await getPositions(tx, query);
    const filter = { ...meant, after };
    const place = asked.place?.position;
    const part = asked.isBack ? { behind: place, before: end } : { before: place ?? end };
    const { page, total, atLeast, cells, note } = isCounted(query)
      ? await readCounted(tx, filter, { ...part, limit })
      : await readFound(tx, query.q ?? '', filter, { ...part, end, limit });
    const { one, other } = toFacets(cells, { one: filter.types, other: actor });
    const { rows, links } = toPage(page, limit, asked, ({ position }) => ({ position }));
    const items = await loadEvents(tx, store, rows);
    return {
      items,
      total,
      atLeast,
      note,
      ...links,
      facets: { aggregateType: toTypeFacet(store, one), eventType: one, actor: other },
      head,
    };
  });
}

/** Events come in the order of their positions, so that a span of time is a span of positions: one look for each end. */
async function getPositions(
  tx: Tx,
  { from, to }: EventsQuery,
): Promise<{ after: number; end: number | undefined }> {
  if (from === undefined && to === undefined) {
    return { after: 0, end: undefined };
  }
  const [after = 0, last = 0] = await getPositionsBefore(tx, [from ?? 0, to ?? 0]);
  return { after, end: to === undefined ? undefined : last + 1 };
}

/** The page is the newest events before a position, or the oldest ones behind one. */
type Part = {
  readonly before: number | undefined;
  readonly behind?: number | undefined;
  readonly limit: number;
};

function findPart(tx: Tx, filter: EventFilter, { before, behind, limit }: Part) {
  return behind === undefined
    ? findEvents(tx, filter, { before, limit: limit + 1 })
    : findEvents(
        tx,
        { ...filter, after: Math.max(filter.after, behind) },
        { before, limit: limit + 1, isOldestFirst: true },
      );
}

/** By type and actor: how many there are is kept with the journal. */
async function readCounted(tx: Tx, filter: EventFilter, part: Part): Promise<Found> {
  const cells = await tx
    .select({
      one: journalCounts.eventType,
      other: journalCounts.actor,
      count: journalCounts.events,
    })
    .from(journalCounts)
    .where(gt(journalCounts.events, 0));
  const { total } = toFacets(cells, { one: filter.types, other: filter.actors });
  const page = await findPart(tx, filter, part);
  return { page, total, atLeast: false, cells, note: null };
}

/** By aggregate, correlation, text or time: what is found is counted, up to a bound. */
async function readFound(
  tx: Tx,
  q: string,
  filter: EventFilter,
  { before, behind, end, limit }: Part & { readonly end: number | undefined },
): Promise<Found> {
  const most = q === '' ? MOST_COUNTED : MOST_FOUND;
  const isIndexed = q !== '' && (await hasSearchIndex(tx));
  const isNarrowed = filter.types.length + filter.actors.length > 0;
  // Of those that types and actors leave out there should mostly be a page left, without a search for these alone.
  const enough = isNarrowed ? NARROWED * (limit + 1) : limit + 1;
  const find = async (meant: EventFilter, range: { before: number | undefined; limit: number }) => {
    if (q !== '') {
      return searchEvents(
        tx,
        q,
        meant,
        { ...range, enough: Math.min(enough, range.limit) },
        isIndexed,
      );
    }
    const found = await findEvents(tx, meant, range);
    return { found, count: found.length, isAll: found.length < range.limit };
  };
  const whole = { before: end, limit: most + 1 };
  const all = await find(isNarrowed ? { ...filter, types: [], actors: [] } : filter, whole);
  const left = narrow(all, filter);
  const isEnough = !isNarrowed || left.isAll || (q !== '' && left.count > limit);
  const meant = isEnough ? left : await find(filter, whole);
  const readPart = async (): Promise<readonly FoundEvent[]> => {
    const oldest = meant.found.at(-1)?.position ?? 0;
    if (behind === undefined) {
      const isThere = before === end || meant.isAll;
      const page = isThere ? meant : await find(filter, { before, limit: limit + 1 });
      const older = page.found.filter(({ position }) => before === undefined || position < before);
      return older.slice(0, limit + 1);
    }
    if (meant.isAll || oldest <= behind) {
      const newer = meant.found.filter(({ position }) => position > behind);
      return newer.slice(-limit - 1).reverse();
    }
    if (q === '') {
      return findPart(tx, filter, { before, behind, limit });
    }
    const ahead = { ...filter, after: Math.max(filter.after, behind) };
    return searchAhead(tx, q, ahead, { before, limit: limit + 1 }, isIndexed);
  };
  return {
    page: await readPart(),
    total: meant.isAll ? meant.count : Math.min(meant.count, most),
    atLeast: !(meant.isAll && all.isAll),
    cells: toCells(all.isAll ? all.found : all.found.slice(0, most)),
    note: q === '' || isIndexed ? null : noIndexNote,
  };
}

/** What types and actors leave of the events that were found; the same without any. */
function narrow(all: FoundBySearch, { types, actors }: EventFilter): FoundBySearch {
  if (types.length + actors.length === 0) {
    return all;
  }
  const { found, isAll } = all;
  const meant = found.filter(
    ({ eventType, actor }) =>
      (types.length === 0 || types.includes(eventType)) &&
      (actors.length === 0 || actors.includes(actor)),
  );
  return { found: meant, count: meant.length, isAll };
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

async function loadEvents(tx: Tx, store: EventStoreTypes, found: readonly FoundEvent[]) {
  const positions = found.map(({ position }) => position);
  const rows = await tx
    .select()
    .from(journal)
    .where(sql`${journal.position} = ANY(${sql.param(positions)}::bigint[])`)
    .orderBy(desc(journal.position));
  return rows.map((row) => toJournalItem(store, row));
}

type EventStoreTypes = Pick<EventStore, 'aggregates' | 'decode' | 'encode'>;

/** Event types by the aggregates that they are of. */
function toTypeFacet({ aggregates }: EventStoreTypes, types: readonly Facet[]): Facet[] {
  return [...aggregates.values()].flatMap(({ type, events }) => {
    const own = types.filter(({ value }) => Object.hasOwn(events, value));
    const count = own.reduce((sum, each) => sum + each.count, 0);
    return count === 0 ? [] : [{ value: type, count }];
  });
}
