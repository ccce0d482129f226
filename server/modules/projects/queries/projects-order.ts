import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ProjectRow } from '#lib/modules/projects/queries.ts';
import { encodeCursor, parseCursor } from '#server/runtime/queries/cursor.ts';
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

/** ORDER BY: the key, and the project's id where that is equal. */
export function toProjectsOrder({ sort, dir }: ProjectsOrder): SQL {
  const direction = dir === 'asc' ? sql`asc` : sql`desc`;
  return sql`${SORTS[sort].key} ${direction}, ${projects.projectId} ${direction}`;
}

/** The cursor of the page that follows `last` in this order. */
export function toProjectsCursor({ sort, dir }: ProjectsOrder, last: ProjectRow): string {
  return encodeCursor({ sort, dir, value: last[sort], projectId: last.projectId });
}

/** The rows behind a cursor of this order. Throws INVALID_INPUT for another order's cursor. */
export function isBehindProject({ sort, dir }: ProjectsOrder, cursor: string): SQL {
  const { key, text, cast } = SORTS[sort];
  const place = parseCursor(
    z.object({
      sort: z.literal(sort),
      dir: z.literal(dir),
      value: z.union([text]),
      projectId: z.string(),
    }),
    cursor,
  );
  const isBehind = dir === 'asc' ? sql`>` : sql`<`;
  return sql`(${key}, ${projects.projectId}) ${isBehind} (${place.value}${cast}, ${place.projectId})`;
}
