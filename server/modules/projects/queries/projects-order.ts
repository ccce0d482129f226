import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ProjectRow } from '#lib/modules/projects/queries.ts';
import { type Asked, readCursor, toReading } from '#server/runtime/queries/keyset-page.ts';
import { projects } from '../views/projects/projects-table.ts';

/** PostgreSQL's timestamps know no year 0. */
const time = z.iso.datetime({ precision: 3 }).refine((value) => value >= '0001');

/**
 * What projects can be sorted by: the key, how a row's value is checked when it comes back in a cursor,
 * and the type that PostgreSQL reads it as. Names go by the alphabet as people know it.
 */
const SORTS = {
  name: { key: sql`${projects.name} COLLATE "und-x-icu"`, text: z.string(), cast: sql`::text` },
  services: { key: sql`${projects.services}`, text: z.int32(), cast: sql`::integer` },
  createdAt: { key: sql`${projects.createdAt}`, text: time, cast: sql`::timestamptz` },
  changedAt: { key: sql`${projects.changedAt}`, text: time, cast: sql`::timestamptz` },
} as const;

export const projectsOrderParams = {
  sort: z.enum(['name', 'services', 'createdAt', 'changedAt']).default('changedAt'),
  dir: z.enum(['asc', 'desc']).default('desc'),
};
type ProjectsOrder = z.infer<z.ZodObject<typeof projectsOrderParams>>;

/** ORDER BY: the key, and the project's id where that is equal; the other way round for a page before another. */
export function toProjectsOrder({ sort, dir }: ProjectsOrder, asked: Asked<unknown>): SQL {
  const direction = sql.raw(toReading(dir, asked));
  return sql`${SORTS[sort].key} ${direction}, ${projects.projectId} ${direction}`;
}

/** The place of a project in this order. */
export function toProjectsPlace({ sort, dir }: ProjectsOrder, row: ProjectRow) {
  return { sort, dir, value: row[sort], projectId: row.projectId };
}

type Place = { readonly value: string | number; readonly projectId: string };

/** What a cursor of this order asks for. Throws INVALID_INPUT for another order's cursor. */
export function readProjectsCursor(
  { sort, dir }: ProjectsOrder,
  cursor: string | undefined,
): Asked<Place> {
  const schema = z.object({
    sort: z.literal(sort),
    dir: z.literal(dir),
    value: z.union([SORTS[sort].text]),
    projectId: z.string(),
  });
  return readCursor(schema, cursor);
}

/** The rows on the side of a place on which the page is. */
export function isBesideProject(
  { sort, dir }: ProjectsOrder,
  asked: Asked<Place>,
): SQL | undefined {
  const { key, cast } = SORTS[sort];
  const isBeside = toReading(dir, asked) === 'asc' ? sql`>` : sql`<`;
  return (
    asked.place &&
    sql`(${key}, ${projects.projectId}) ${isBeside} (${asked.place.value}${cast}, ${asked.place.projectId})`
  );
}
