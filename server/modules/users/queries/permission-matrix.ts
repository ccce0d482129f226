import { and, asc, eq, getTableColumns, lte, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { groupBy } from '#lib/group-by.ts';
import type { PermissionMatrix } from '#lib/modules/users/queries.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { isIn } from '#server/runtime/queries/is-in.ts';
import { type Asked, readCursor, toPage, toReading } from '#server/runtime/queries/keyset-page.ts';
import { listParam, pageParams, textParam } from '#server/runtime/queries/parse-query.ts';
import { containsTerm, FOLD, toTerms } from '#server/runtime/queries/search-terms.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import { getFreshness } from '#server/runtime/views/lag.ts';
import { permissionHolders } from '../views/permission-matrix/permission-holders-table.ts';
import { permissionMatrixView } from '../views/permission-matrix/permission-matrix-view.ts';
import { HELD, heldAt, toGrant } from './held-permissions.ts';

/**
 * `q` is looked for in name and id; several `user` or `permission` widen the filter. Who holds one of the
 * permissions is shown with all that they hold. `at`: as it was then, else as it is.
 */
export const permissionMatrixQuerySchema = z.object({
  q: textParam,
  user: listParam,
  permission: listParam,
  at: z.iso
    .datetime()
    .refine((value) => value >= '0001', 'There is no year 0.')
    .transform((value) => new Date(value).toISOString())
    .optional(),
  ...pageParams,
});
type MatrixQuery = z.infer<typeof permissionMatrixQuerySchema>;

const NAME = sql`${permissionHolders.name} COLLATE "und-x-icu"`;
const WORDS = sql`(' ' || ${FOLD}(${permissionHolders.name}) || E'\n ' || ${permissionHolders.userId})`;
const COUNT = sql<number>`count(*)::int`;
const placeSchema = z.object({ name: z.string(), userId: z.string() });

/** A page of the permission matrix, by name. Throws INVALID_INPUT for a cursor of another list. */
export async function getPermissionMatrix(db: Db, query: MatrixQuery): Promise<PermissionMatrix> {
  const { at, permission, cursor, limit } = query;
  const held = heldAt(at);
  const isUser = isMeant(query);
  const holds =
    permission.length === 0
      ? undefined
      : sql`EXISTS (SELECT FROM ${held}
          WHERE held.user_id = ${permissionHolders.userId} AND ${isIn(HELD.permission, permission)})`;
  const asked = readCursor(placeSchema, cursor);
  const direction = sql.raw(toReading('asc', asked));
  return readSnapshot(db, async (tx) => {
    const freshness = await getFreshness(tx, permissionMatrixView);
    const [counted] = await tx
      .select({ count: COUNT })
      .from(permissionHolders)
      .where(and(isUser, holds));
    const rows = await tx
      .select(getTableColumns(permissionHolders))
      .from(permissionHolders)
      .where(and(isUser, holds, isBesideHolder(asked)))
      .orderBy(sql`${NAME} ${direction}, ${permissionHolders.userId} ${direction}`)
      .limit(limit + 1);
    const { rows: page, links } = toPage(rows, limit, asked, ({ name, userId }) => ({
      name,
      userId,
    }));
    const userIds = page.map(({ userId }) => userId);
    const grants = await tx
      .select(HELD)
      .from(held)
      .where(isIn(HELD.userId, userIds))
      .orderBy(asc(HELD.permission));
    const byUser = groupBy(grants, ({ userId }) => userId);
    const facet = await tx
      .select({ value: HELD.permission, count: COUNT })
      .from(held)
      .innerJoin(permissionHolders, eq(permissionHolders.userId, HELD.userId))
      .where(isUser)
      .groupBy(HELD.permission)
      .orderBy(sql`2 DESC, 1`);
    return {
      items: page.map(({ userId, name, deactivatedAt }) => ({
        userId,
        name,
        status:
          deactivatedAt !== null && (at === undefined || deactivatedAt.toISOString() <= at)
            ? 'deactivated'
            : 'active',
        permissions: (byUser.get(userId) ?? []).map(toGrant),
      })),
      total: counted?.count ?? 0,
      ...links,
      facets: { permission: facet },
      at: at ?? null,
      freshness,
    };
  });
}

/** Who was there at the time, and is looked for. */
function isMeant({ q = '', user, at }: MatrixQuery): SQL | undefined {
  return and(
    ...toTerms(q).map((term) => containsTerm(WORDS, term)),
    user.length === 0 ? undefined : isIn(permissionHolders.userId, user),
    at === undefined ? undefined : lte(permissionHolders.registeredAt, new Date(at)),
  );
}

function isBesideHolder({ place, isBack }: Asked<z.infer<typeof placeSchema>>): SQL | undefined {
  const isBeside = isBack ? sql`<` : sql`>`;
  return (
    place &&
    sql`(${NAME}, ${permissionHolders.userId}) ${isBeside} (${place.name}::text, ${place.userId})`
  );
}
