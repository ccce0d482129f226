import { desc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import type { SchemaName } from '#server/runtime/platform/schemas.ts';
import { defineView, type Held } from '#server/runtime/views/postgres-view.ts';
import { accountAggregate } from '../../domain/account-aggregate.ts';
import type { AccountEvent } from '../../domain/account-events.ts';
import { type DailyBalancesRow, foldDailyBalances } from './daily-balances-fold.ts';
import { dailyBalancesIn } from './daily-balances-table.ts';

type HeldDay = Held & { readonly last: DailyBalancesRow | undefined };

/** Opening, closing and turnover of each account's days. */
export const dailyBalancesView = defineView<HeldDay, AccountEvent>({
  name: 'daily-balances',
  version: 1,
  aggregate: accountAggregate,
  idColumn: 'accountId',
  tables: [{ in: dailyBalancesIn, write: 'upsert' }],
  load: loadLast,
  initial: toHeld(undefined),
  fold: (held, events) => {
    const rows = foldDailyBalances(held.last, events);
    return { held: toHeld(rows.at(-1) ?? held.last), rows: [rows] };
  },
});

function toHeld(last: DailyBalancesRow | undefined): HeldDay {
  return { version: last?.version ?? 0, last };
}

/** Each account's newest day, by one step into the primary key's index per account. */
async function loadLast(
  tx: Tx,
  schema: SchemaName,
  accountIds: string[],
): Promise<Map<string, HeldDay>> {
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
  return new Map(rows.map((row) => [row.accountId, toHeld(row)]));
}
