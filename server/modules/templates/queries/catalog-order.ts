import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { TemplateRow } from '#lib/modules/templates/queries.ts';
import { type Asked, readCursor, toReading } from '#server/runtime/queries/keyset-page.ts';
import { templateCatalog } from '../views/template-catalog/template-catalog-table.ts';

/** PostgreSQL's timestamps know no year 0. */
const time = z.iso.datetime({ precision: 3 }).refine((value) => value >= '0001');

/** What templates can be sorted by, as projects can (queries/projects-order.ts there). */
const SORTS = {
  name: {
    key: sql`${templateCatalog.name} COLLATE "und-x-icu"`,
    text: z.string(),
    cast: sql`::text`,
  },
  createdAt: { key: sql`${templateCatalog.createdAt}`, text: time, cast: sql`::timestamptz` },
  changedAt: { key: sql`${templateCatalog.changedAt}`, text: time, cast: sql`::timestamptz` },
} as const;

export const catalogOrderParams = {
  sort: z.enum(['name', 'createdAt', 'changedAt']).default('name'),
  dir: z.enum(['asc', 'desc']).default('asc'),
};
type CatalogOrder = z.infer<z.ZodObject<typeof catalogOrderParams>>;

/** ORDER BY: the key, and the template's id where that is equal; the other way round for a page before another. */
export function toCatalogOrder({ sort, dir }: CatalogOrder, asked: Asked<unknown>): SQL {
  const direction = sql.raw(toReading(dir, asked));
  return sql`${SORTS[sort].key} ${direction}, ${templateCatalog.templateId} ${direction}`;
}

/** The place of a template in this order. */
export function toCatalogPlace({ sort, dir }: CatalogOrder, row: TemplateRow) {
  return { sort, dir, value: row[sort], templateId: row.templateId };
}

type Place = { readonly value: string; readonly templateId: string };

/** What a cursor of this order asks for. Throws INVALID_INPUT for another order's cursor. */
export function readCatalogCursor(
  { sort, dir }: CatalogOrder,
  cursor: string | undefined,
): Asked<Place> {
  const schema = z.object({
    sort: z.literal(sort),
    dir: z.literal(dir),
    value: SORTS[sort].text,
    templateId: z.string(),
  });
  return readCursor(schema, cursor);
}

/** The rows on the side of a place on which the page is. */
export function isBesideTemplate(
  { sort, dir }: CatalogOrder,
  asked: Asked<Place>,
): SQL | undefined {
  const { key, cast } = SORTS[sort];
  const isBeside = toReading(dir, asked) === 'asc' ? sql`>` : sql`<`;
  return (
    asked.place &&
    sql`(${key}, ${templateCatalog.templateId}) ${isBeside} (${asked.place.value}${cast}, ${asked.place.templateId})`
  );
}
