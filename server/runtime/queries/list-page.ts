import { and, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Freshness } from '#lib/contracts/queries.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { getFreshness } from '#server/runtime/views/lag.ts';
import type { Facet } from './facets.ts';
import { isIn } from './is-in.ts';
import { type Asked, type PageLinks, readCursor, toPage, toReading } from './keyset-page.ts';
import type { List, ListColumn, ListSort } from './list.ts';
import { listParam, pageParams, parseQuery, textParam } from './parse-query.ts';
import { containsTerm, FOLD, toTerms } from './search-terms.ts';
import { readSnapshot } from './snapshot.ts';

/** A page of a list as it travels: times as ISO 8601 in UTC, whole numbers of any size as texts. */
export type ListPage = PageLinks & {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly total: number;
  readonly facets: Readonly<Record<string, readonly Facet[]>>;
  readonly freshness: Freshness;
};

type Direction = 'asc' | 'desc';

const COUNT: SQL<number> = sql`count(*)::int`;

/**
 * A page of a list for the parameters `q`, those of its facets by their names, `sort`, `dir`, `cursor` and
 * `limit`. Several values of a facet widen it; a search finds words whatever their case and accents are.
 * The total is of the whole filter, a facet's counts of all of it but that facet. Throws INVALID_INPUT, for
 * a cursor of another order too.
 */
export async function getListPage(db: Db, list: List, params: URLSearchParams): Promise<ListPage> {
  const { view, table, id, facets } = list;
  const { q = '', sort: key, dir, cursor, limit } = parseQuery(toSchema(list), params);
  const chosen = parseQuery(toFacetsSchema(list), params);
  const sort = list.sorts.find((each) => each.key === key);
  if (sort === undefined) {
    throw new Error(`The schema lets “${key}” through, which is no order of “${view.name}”.`);
  }
  const isFound = toSearch(list, q);
  const narrowed = facets.map((facet) => ({ facet, is: toFilter(facet, chosen[facet.key]) }));
  const isMeant = and(isFound, ...narrowed.map(({ is }) => is));
  const asked = readPlace(sort, dir, cursor);
  const reading = toReading(dir, asked);
  return readSnapshot(db, async (tx) => {
    const freshness = await getFreshness(tx, view);
    const [count] = await tx.select({ total: COUNT }).from(table).where(isMeant);
    const counts: Record<string, Facet[]> = {};
    for (const { facet } of narrowed) {
      const others = narrowed.filter((other) => other.facet !== facet).map(({ is }) => is);
      counts[facet.key] = await tx
        .select({ value: toText(facet), count: COUNT })
        .from(table)
        .where(and(isFound, ...others))
        .groupBy(sql`1`)
        .orderBy(sql`2 DESC, 1`);
    }
    const direction = sql.raw(reading);
    const rows = await tx
      .select()
      .from(table)
      .where(and(isMeant, isBeside(id, sort, reading, asked)))
      .orderBy(sql`${toKey(sort)} ${direction}, ${id.column} ${direction}`)
      .limit(limit + 1);
    const page = toPage(rows, limit, asked, (row) => {
      return { sort: key, dir, value: toValue(row[key]), id: toValue(row[id.key]) };
    });
    return {
      items: page.rows.map(toItem),
      total: count?.total ?? 0,
      ...page.links,
      facets: counts,
      freshness,
    };
  });
}

/** The parameters of a list, as `getListPage` reads them. */
export function toListQuerySchema(list: List) {
  return toSchema(list).extend(toFacetsSchema(list).shape);
}

/** A list's parameters that were read already, as an address has them. */
export function toListParams(query: Readonly<Record<string, unknown>>): URLSearchParams {
  const given = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each) => [name, each]),
  );
  return new URLSearchParams(
    given.filter(([, value]) => value !== undefined).map(([name, value]) => [name, `${value}`]),
  );
}

function toSchema({ sorts }: List) {
  const keys = sorts.map(({ key }) => key);
  return z.object({
    q: textParam,
    sort: z.enum(keys).default(keys[0] ?? ''),
    dir: z.enum(['asc', 'desc']).default('asc'),
    ...pageParams,
  });
}

function toFacetsSchema({ facets }: List) {
  return z.object(Object.fromEntries(facets.map(({ key }) => [key, listParam])));
}

/** Each searched column is folded, on a line of its own behind a blank. */
function toSearch({ searched }: List, q: string): SQL | undefined {
  const folded = searched.map(({ column }) => sql`${FOLD}(${column}::text)`);
  const words = sql`(' ' || concat_ws(E'\n ', ${sql.join(folded, sql`, `)}))`;
  return and(...toTerms(q).map((term) => containsTerm(words, term)));
}

function toFilter(facet: ListColumn, values: readonly string[] = []): SQL | undefined {
  return values.length === 0 ? undefined : isIn(toText(facet), values);
}

/** A facet's value as a text, empty for NULL. */
function toText({ column }: ListColumn): SQL<string> {
  return sql<string>`coalesce(${column}::text, '')`;
}

/** Texts for people go by the alphabet as people know it; ids and the like byte by byte. */
function toKey({ column }: ListSort): SQL {
  return column.getSQLType() === 'text' ? sql`${column} COLLATE "und-x-icu"` : sql`${column}`;
}

type Place = { readonly value: string; readonly id: string };

/** What a cursor of this order asks for. */
function readPlace(sort: ListSort, dir: Direction, cursor: string | undefined): Asked<Place> {
  const schema = z.object({
    sort: z.literal(sort.key),
    dir: z.literal(dir),
    value: sort.value,
    id: z.string(),
  });
  return readCursor(schema, cursor);
}

/** The rows on the side of a place on which the page is. */
function isBeside(
  id: ListColumn,
  sort: ListSort,
  reading: Direction,
  { place }: Asked<Place>,
): SQL | undefined {
  const isBehind = sql.raw(reading === 'asc' ? '>' : '<');
  return (
    place &&
    sql`(${toKey(sort)}, ${id.column}) ${isBehind} (${place.value}::${sql.raw(sort.type)}, ${place.id})`
  );
}

function toItem(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      value instanceof Date || typeof value === 'bigint' ? toValue(value) : value,
    ]),
  );
}

function toValue(value: unknown): string {
  return value instanceof Date ? value.toISOString() : `${value}`;
}
