import { sql } from 'drizzle-orm';
import { groupBy } from '#lib/group-by.ts';
import { fromAggregateId } from '#server/domain/recorded-event.ts';
import type { Tx } from '#server/platform/postgres.ts';
import type { SchemaName } from '#server/platform/schemas.ts';
import type { Projection } from '../projection.ts';
import { upsertRows } from '../write-rows.ts';
import { accountDirectory } from './account-directory-table.ts';
import { accountTotals } from './account-totals-table.ts';
import { type AccountsRow, foldAccount } from './accounts-fold.ts';
import { accounts, accountsIn } from './accounts-table.ts';

/** Every account with all its details. */
export const accountsProjection: Projection = {
  name: 'accounts',
  version: 1,
  tables: [accounts],
  keptByTriggers: [accountDirectory, accountTotals],
  handle: async (tx, events, schema) => {
    const byAccount = groupBy(events, (event) => fromAggregateId(event.aggregateId));
    const rows = await loadRows(tx, schema, [...byAccount.keys()]);
    const changed: AccountsRow[] = [];
    for (const [accountId, accountEvents] of byAccount) {
      const held = rows.get(accountId);
      const row = foldAccount(held, accountEvents);
      if (row !== undefined && row !== held) {
        changed.push(row);
      }
    }
    await upsertRows(tx, accountsIn(schema), changed);
  },
};

async function loadRows(
  tx: Tx,
  schema: SchemaName,
  accountIds: string[],
): Promise<Map<string, AccountsRow>> {
  const accounts = accountsIn(schema);
  const rows = await tx
    .select()
    .from(accounts)
    .where(sql`${accounts.accountId} = ANY(${sql.param(accountIds)}::text[])`)
    .prepare(`${schema}.accounts_held`)
    .execute();
  return new Map(rows.map((row) => [row.accountId, row]));
}
