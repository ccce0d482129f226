import { and, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { FieldMapping } from '#lib/modules/crm/field-mapping.ts';
import { type EntitiesPage, type EntityRow, entityRowSchema } from '#lib/modules/crm/queries.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { readCursor, toPage } from '#server/runtime/queries/keyset-page.ts';
import { listParam, pageParams, textParam } from '#server/runtime/queries/parse-query.ts';
import { containsTerm, FOLD, toTerms } from '#server/runtime/queries/search-terms.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import { getFreshness } from '#server/runtime/views/lag.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import type { EntitiesTable } from './entity-fields.ts';
import { toCondition } from './entity-filter.ts';
import { isBeside, toOrder, toOrderBy, toPlaceColumn, toPlaceSchema } from './entity-order.ts';

/** A kind of record, as its queries see it. */
export type EntityKind = {
  readonly mapping: FieldMapping;
  readonly table: EntitiesTable;
  readonly view: PostgresView;
};

/** More matches than these are not counted. */
const MOST_COUNTED = 10_000;

/** What needs attention: a field without a value, a change that no event told, a deletion. */
const ATTENTION = ['errors', 'reading', 'deleted'] as const;
type Attention = (typeof ATTENTION)[number];

export const entitiesQuerySchema = z.object({
  q: textParam,
  /** `field:operator:value`; all of them must hold. */
  filter: listParam,
  attention: listParam.pipe(z.array(z.enum(ATTENTION))),
  /** Fields, with a minus in front of those that go downwards. */
  sort: z.string().max(200).default('title'),
  ...pageParams,
});
export type EntitiesQuery = z.output<typeof entitiesQuerySchema>;

/**
 * A page of records of one kind. A search finds words whatever their case and accents are; with quotes, a minus
 * or “or” it is a full-text search. Counts end at ten thousand. Throws INVALID_INPUT for a filter, an order or
 * a cursor that is none of this list's.
 */
export async function getEntitiesPage(
  db: Db,
  { table, view, mapping }: EntityKind,
  query: EntitiesQuery,
): Promise<EntitiesPage> {
  const { q = '', filter, attention, cursor, limit } = query;
  const order = toOrder(table, mapping, query.sort);
  const placeSchema = z.object({ sort: z.literal(order.text), place: toPlaceSchema(order) });
  const asked = readCursor(placeSchema, cursor);
  const conditions = filter.map((each) => toCondition(table, mapping, each));
  const isMeant = and(q === '' ? undefined : toSearch(table, q), ...conditions);
  const hasAttention = or(...attention.map((each) => needs(table, each)));
  return readSnapshot(db, async (tx) => {
    const freshness = await getFreshness(tx, view);
    const total = await count(tx, table, and(isMeant, hasAttention));
    const facet = [];
    for (const value of ATTENTION) {
      facet.push({ value, count: await count(tx, table, and(isMeant, needs(table, value))) });
    }
    const rows = await tx
      .select({ ...columnsOf(table), place: toPlaceColumn(order) })
      .from(table)
      .where(
        and(isMeant, hasAttention, asked.place && isBeside(order, asked.place.place, asked.isBack)),
      )
      .orderBy(toOrderBy(order, asked.isBack))
      .limit(limit + 1);
    const page = toPage(rows, limit, asked, ({ place }) => ({
      sort: order.text,
      place,
    }));
    return {
      items: page.rows.map(toEntityRow),
      total: Math.min(total, MOST_COUNTED),
      atLeast: total > MOST_COUNTED,
      ...page.links,
      facets: { attention: facet.filter((each) => each.count > 0) },
      freshness,
    };
  });
}

/** All columns but those that only the view itself needs. */
export function columnsOf(table: EntitiesTable) {
  const { recordId, title, values, errors, isDeleted, needsReading, changedAt, version } = table;
  return { recordId, title, values, errors, isDeleted, needsReading, changedAt, version };
}

type StoredRow = Pick<EntitiesTable['$inferSelect'], keyof ReturnType<typeof columnsOf>>;

/** A row of a view as it travels. */
export function toEntityRow(row: StoredRow): EntityRow {
  return entityRowSchema.parse({
    ...row,
    values: JSON.parse(row.values),
    errors: JSON.parse(row.errors),
    changedAt: row.changedAt.toISOString(),
  });
}

/** Operators of a full-text search, as people write them. */
const OPERATORS = /"|(^|\s)-\S|\s(or|OR)\s/;

function toSearch({ words }: EntitiesTable, q: string): SQL | undefined {
  const folded = sql`${FOLD}(${words})`;
  return OPERATORS.test(q)
    ? sql`to_tsvector('simple', ${folded}) @@ websearch_to_tsquery('simple', ${FOLD}(${q}))`
    : and(...toTerms(q).map((term) => containsTerm(folded, term)));
}

function needs(table: EntitiesTable, attention: Attention): SQL {
  switch (attention) {
    case 'errors':
      return sql`${table.problems} > 0`;
    case 'reading':
      return sql`${table.needsReading}`;
    case 'deleted':
      return sql`${table.isDeleted}`;
  }
}

async function count(tx: Tx, table: EntitiesTable, where: SQL | undefined): Promise<number> {
  const matches = tx
    .select({ one: sql`1`.as('one') })
    .from(table)
    .where(where)
    .limit(MOST_COUNTED + 1)
    .as('matches');
  const [row] = await tx.select({ count: sql<number>`count(*)::int` }).from(matches);
  return row?.count ?? 0;
}
