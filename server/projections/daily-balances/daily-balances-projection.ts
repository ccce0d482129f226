import { desc, eq, getTableColumns, sql } from 'drizzle-orm';
import { groupBy } from '#lib/group-by.ts';
import { fromAggregateId } from '#server/domain/recorded-event.ts';
import type { Tx } from '#server/platform/postgres.ts';
import type { SchemaName } from '#server/platform/schemas.ts';
import type { Projection } from '../projection.ts';
import { upsertRows } from '../write-rows.ts';
import { type DailyBalancesRow, foldDailyBalances } from './daily-balances-fold.ts';
import { dailyBalances, dailyBalancesIn } from './daily-balances-table.ts';

/** Opening, closing and turnover of each account's days. */
export const dailyBalancesProjection: Projection = {
  name: 'daily-balances',
  version: 1,
  tables: [dailyBalances],
  handle: async (tx, events, schema) => {
    const byAccount = groupBy(events, (event) => fromAggregateId(event.aggregateId));
    const last = await loadLast(tx, schema, [...byAccount.keys()]);
    const rows = [...byAccount].flatMap(([accountId, accountEvents]) =>
      foldDailyBalances(last.get(accountId), accountEvents),
    );
    await upsertRows(tx, dailyBalancesIn(schema), rows);
  },
};

/** Each account's newest day, by one step into the primary key's index per account. */
async function loadLast(
  tx: Tx,
  schema: SchemaName,
  accountIds: string[],
): Promise<Map<string, DailyBalancesRow>> {
  const dailyBalances = dailyBalancesIn(schema);
  const last = tx
    .select(getTableColumns(dailyBalances))
    .from(dailyBalances)
    .where(eq(dailyBalances.accountId, sql`asked.account_id`))
    .orderBy(desc(dailyBalances.day))
    .limit(1)
    .as('last');
  const rows = await tx
    .select(last._.selectedFields)
    .from(sql`unnest(${sql.param(accountIds)}::text[]) AS asked (account_id)`)
    .crossJoinLateral(last)
    .prepare(`${schema}.daily_balances_held`)
    .execute();
  return new Map(rows.map((row) => [row.accountId, row]));
}
