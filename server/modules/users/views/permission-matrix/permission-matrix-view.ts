import { asc, sql } from 'drizzle-orm';
import { groupBy } from '#lib/group-by.ts';
import { defineView, type Held } from '#server/runtime/views/postgres-view.ts';
import { userAggregate } from '../../domain/user-aggregate.ts';
import type { UserEvent } from '../../domain/user-events.ts';
import { permissionGrantsIn } from './permission-grants-table.ts';
import { permissionHistoryIn } from './permission-history-table.ts';
import { permissionHoldersIn } from './permission-holders-table.ts';
import { foldPermissions, type UserPermissions } from './permission-matrix-fold.ts';

/** Who holds which permission, who granted it and when; and every change that there was. */
export const permissionMatrixView = defineView<Held & UserPermissions, UserEvent>({
  name: 'permission-matrix',
  version: 1,
  aggregate: userAggregate,
  idColumn: 'userId',
  tables: [
    { in: permissionHoldersIn, write: 'upsert' },
    { in: permissionGrantsIn, write: 'replace' },
    { in: permissionHistoryIn, write: 'append' },
  ],
  load: async (tx, schema, userIds) => {
    const [holders, grants] = [permissionHoldersIn(schema), permissionGrantsIn(schema)];
    const heldHolders = await tx
      .select()
      .from(holders)
      .where(sql`${holders.userId} = ANY(${sql.param(userIds)}::text[])`)
      .prepare(`${schema}.permission_holders_held`)
      .execute();
    const heldGrants = await tx
      .select()
      .from(grants)
      .where(sql`${grants.userId} = ANY(${sql.param(userIds)}::text[])`)
      .orderBy(asc(grants.permission))
      .prepare(`${schema}.permission_grants_held`)
      .execute();
    const byUser = groupBy(heldGrants, ({ userId }) => userId);
    return new Map(
      heldHolders.map((holder) => {
        const { userId, version } = holder;
        return [userId, { version, holder, grants: byUser.get(userId) ?? [] }];
      }),
    );
  },
  initial: { version: 0, holder: undefined, grants: [] },
  fold: (before, events, userId) => {
    const { held, changes } = foldPermissions(before, events, userId);
    const { holder, grants } = held;
    const isChanged = holder !== undefined && holder !== before.holder;
    return {
      held: { version: holder?.version ?? 0, ...held },
      rows: [isChanged ? [holder] : [], grants, changes],
    };
  },
});
