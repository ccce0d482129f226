import { type SQL, sql } from 'drizzle-orm';
import type { PermissionGrant } from '#lib/modules/users/queries.ts';
import { permissionGrants } from '../views/permission-matrix/permission-grants-table.ts';
import { permissionHistory } from '../views/permission-matrix/permission-history-table.ts';

/**
 * A table expression, called `held`, of what users held at a time, with the columns of permission_grants:
 * of now, or by the newest change of each permission up to then.
 */
export function heldAt(at: string | undefined): SQL {
  return at === undefined
    ? sql`${permissionGrants} AS held`
    : sql`(
        SELECT user_id, permission, changed_by AS granted_by, changed_at AS granted_at, sequence
        FROM (
          SELECT DISTINCT ON (user_id, permission) * FROM ${permissionHistory}
          WHERE changed_at <= ${at}::timestamptz
          ORDER BY user_id, permission, sequence DESC
        ) AS newest
        WHERE change = 'granted'
      ) AS held`;
}

/** The columns of `held`. */
export const HELD = {
  userId: sql<string>`held.user_id`,
  permission: sql<string>`held.permission`,
  grantedBy: sql<string>`held.granted_by`,
  grantedAt: sql`held.granted_at`.mapWith(permissionGrants.grantedAt),
  sequence: sql<number>`held.sequence`,
};

type Held = Omit<typeof permissionGrants.$inferSelect, 'userId'>;

/** A held permission as it travels. */
export function toGrant({ permission, grantedBy, grantedAt, sequence }: Held): PermissionGrant {
  return { permission, grantedBy, grantedAt: grantedAt.toISOString(), sequence };
}
