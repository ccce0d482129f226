import { and, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { PermissionChange, PermissionChangesPage } from '#lib/modules/users/queries.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { isIn } from '#server/runtime/queries/is-in.ts';
import { type Asked, readCursor, toPage, toReading } from '#server/runtime/queries/keyset-page.ts';
import { listParam, pageParams, sequenceSchema } from '#server/runtime/queries/parse-query.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import { getFreshness } from '#server/runtime/views/lag.ts';
import { permissionHistory } from '../views/permission-matrix/permission-history-table.ts';
import { permissionMatrixView } from '../views/permission-matrix/permission-matrix-view.ts';

/** Several `user` or `permission` widen the filter. */
export const permissionChangesQuerySchema = z.object({
  user: listParam,
  permission: listParam,
  ...pageParams,
});
type ChangesQuery = z.infer<typeof permissionChangesQuerySchema>;

const { changedAt, userId, sequence, permission: name } = permissionHistory;

const placeSchema = z.object({
  changedAt: z.iso.datetime({ precision: 3 }).refine((value) => value >= '0001'),
  userId: z.string(),
  sequence: sequenceSchema,
  permission: z.string(),
});

/** Changes of permissions, newest first. Throws INVALID_INPUT for a cursor of another list. */
export async function getPermissionChanges(
  db: Db,
  { user, permission, cursor, limit }: ChangesQuery,
): Promise<PermissionChangesPage> {
  const asked = readCursor(placeSchema, cursor);
  const direction = sql.raw(toReading('desc', asked));
  const isMeant = and(
    user.length === 0 ? undefined : isIn(userId, user),
    permission.length === 0 ? undefined : isIn(name, permission),
    isBesideChange(asked),
  );
  return readSnapshot(db, async (tx) => {
    const freshness = await getFreshness(tx, permissionMatrixView);
    const rows = await tx
      .select()
      .from(permissionHistory)
      .where(isMeant)
      .orderBy(
        sql.join(
          [changedAt, userId, sequence, name].map((key) => sql`${key} ${direction}`),
          sql`, `,
        ),
      )
      .limit(limit + 1);
    const items = rows.map(
      (row): PermissionChange => ({ ...row, changedAt: row.changedAt.toISOString() }),
    );
    const page = toPage(items, limit, asked, toPlace);
    return { items: [...page.rows], ...page.links, freshness };
  });
}

type Place = z.infer<typeof placeSchema>;

function toPlace({ changedAt, userId, sequence, permission }: PermissionChange): Place {
  return { changedAt, userId, sequence, permission };
}

function isBesideChange({ place, isBack }: Asked<Place>): SQL | undefined {
  const isBeside = isBack ? sql`>` : sql`<`;
  return (
    place &&
    sql`(${changedAt}, ${userId}, ${sequence}, ${name}) ${isBeside}
      (${place.changedAt}::timestamptz, ${place.userId}, ${place.sequence}, ${place.permission})`
  );
}
