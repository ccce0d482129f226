import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { UserAnswer } from '#lib/modules/users/queries.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { waitParams } from '#server/runtime/queries/parse-query.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import { type WaitForEventDeps, waitForEvent } from '#server/runtime/queries/wait-for-event.ts';
import { getFreshness } from '#server/runtime/views/lag.ts';
import { toUserAggregateId } from '../domain/user-aggregate-ids.ts';
import { permissionGrants } from '../views/permission-matrix/permission-grants-table.ts';
import { permissionMatrixView } from '../views/permission-matrix/permission-matrix-view.ts';
import { userProfiles } from '../views/user-profiles/user-profiles-table.ts';
import { userProfilesView } from '../views/user-profiles/user-profiles-view.ts';
import { toGrant } from './held-permissions.ts';

/** With a `sequence`: once both views hold the user's events up to it. */
export const userQuerySchema = z.object(waitParams);
type UserQuery = z.infer<typeof userQuerySchema>;

const VIEWS = [userProfilesView, permissionMatrixView].map(({ name }) => name);

/** A user with what they may do, as the read models have it. Throws USER_NOT_FOUND and WAIT_TIMED_OUT. */
export async function findUser(
  deps: WaitForEventDeps,
  userId: string,
  wait: UserQuery,
): Promise<UserAnswer> {
  await waitForEvent(deps, VIEWS, toUserAggregateId(userId), wait);
  return readSnapshot(deps.db, async (tx) => {
    const profiles = await getFreshness(tx, userProfilesView);
    const matrix = await getFreshness(tx, permissionMatrixView);
    const [row] = await tx.select().from(userProfiles).where(eq(userProfiles.userId, userId));
    const grants = await tx
      .select()
      .from(permissionGrants)
      .where(eq(permissionGrants.userId, userId))
      .orderBy(asc(permissionGrants.permission));
    if (row === undefined) {
      const sentence = `There is no user ${userId} in the read model.`;
      throw new PlayheadError('USER_NOT_FOUND', sentence, { field: 'userId' });
    }
    return {
      user: {
        ...row,
        registeredAt: row.registeredAt.toISOString(),
        updatedAt: row.updatedAt.toISOString(),
        deactivatedAt: row.deactivatedAt?.toISOString() ?? null,
      },
      permissions: grants.map(toGrant),
      freshness: profiles.position <= matrix.position ? profiles : matrix,
    };
  });
}
