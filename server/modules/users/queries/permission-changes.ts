import { and, desc, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { PermissionChange, PermissionChangesPage } from '#lib/modules/users/queries.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { encodeCursor, parseCursor } from '#server/runtime/queries/cursor.ts';
import { isIn } from '#server/runtime/queries/is-in.ts';
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
  const isMeant = and(
    user.length === 0 ? undefined : isIn(userId, user),
    permission.length === 0 ? undefined : isIn(name, permission),
    cursor === undefined ? undefined : isBehindChange(cursor),
  );
  return readSnapshot(db, async (tx) => {
    const freshness = await getFreshness(tx, permissionMatrixView);
    const rows = await tx
      .select()
      .from(permissionHistory)
      .where(isMeant)
      .orderBy(desc(changedAt), desc(userId), desc(sequence), desc(name))
      .limit(limit + 1);
    const items = rows
      .slice(0, limit)
      .map((row): PermissionChange => ({ ...row, changedAt: row.changedAt.toISOString() }));
    const last = items.at(-1);
    return {
      items,
      nextCursor: rows.length > limit && last ? toCursor(last) : null,
      freshness,
    };
  });
}

function toCursor({ changedAt, userId, sequence, permission }: PermissionChange): string {
  return encodeCursor({ changedAt, userId, sequence, permission });
}

function isBehindChange(cursor: string): SQL {
  const place = parseCursor(placeSchema, cursor);
  return sql`(${changedAt}, ${userId}, ${sequence}, ${name})
    < (${place.changedAt}::timestamptz, ${place.userId}, ${place.sequence}, ${place.permission})`;
}
