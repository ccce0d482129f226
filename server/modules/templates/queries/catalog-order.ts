import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { TemplateRow } from '#lib/modules/templates/queries.ts';
import { encodeCursor, parseCursor } from '#server/runtime/queries/cursor.ts';
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

/** ORDER BY: the key, and the template's id where that is equal. */
export function toCatalogOrder({ sort, dir }: CatalogOrder): SQL {
  const direction = dir === 'asc' ? sql`asc` : sql`desc`;
  return sql`${SORTS[sort].key} ${direction}, ${templateCatalog.templateId} ${direction}`;
}

/** The cursor of the page that follows `last` in this order. */
export function toCatalogCursor({ sort, dir }: CatalogOrder, last: TemplateRow): string {
  return encodeCursor({ sort, dir, value: last[sort], templateId: last.templateId });
}

/** The rows behind a cursor of this order. Throws INVALID_INPUT for another order's cursor. */
export function isBehindTemplate({ sort, dir }: CatalogOrder, cursor: string): SQL {
  const { key, text, cast } = SORTS[sort];
  const place = parseCursor(
    z.object({ sort: z.literal(sort), dir: z.literal(dir), value: text, templateId: z.string() }),
    cursor,
  );
  const isBehind = dir === 'asc' ? sql`>` : sql`<`;
  return sql`(${key}, ${templateCatalog.templateId}) ${isBehind} (${place.value}${cast}, ${place.templateId})`;
}
