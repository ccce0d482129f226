import { desc, eq, sql } from 'drizzle-orm';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import type { SchemaName } from '#server/runtime/platform/schemas.ts';
import { defineView, type Held } from '#server/runtime/views/postgres-view.ts';
import { accountAggregate } from '../../domain/account-aggregate.ts';
import type { AccountEvent } from '../../domain/account-events.ts';
import { foldTransactions, type LastTransaction } from './transactions-fold.ts';
import { transactionsIn } from './transactions-table.ts';

type HeldLast = Held & { readonly last: LastTransaction | undefined };

/** The complete history of movements with the running balance. */
export const transactionsView = defineView<HeldLast, AccountEvent>({
  name: 'transactions',
  version: 1,
  aggregate: accountAggregate,
  idColumn: 'accountId',
  tables: [{ in: transactionsIn, write: 'append' }],
  load: loadLast,
  initial: toHeld(undefined),
  fold: (held, events) => {
    const rows = foldTransactions(held.last, events);
    return { held: toHeld(rows.at(-1) ?? held.last), rows: [rows] };
  },
});

function toHeld(last: LastTransaction | undefined): HeldLast {
  return { version: last?.sequence ?? 0, last };
}

/** Each account's newest row, by one step into the primary key's index per account. */
async function loadLast(
  tx: Tx,
  schema: SchemaName,
  accountIds: string[],
): Promise<Map<string, HeldLast>> {
  const transactions = transactionsIn(schema);
  const last = tx
    .select({
      accountId: transactions.accountId,
      sequence: transactions.sequence,
      balanceAfter: transactions.balanceAfter,
    })
    .from(transactions)
    .where(eq(transactions.accountId, sql`asked.account_id`))
    .orderBy(desc(transactions.sequence))
    .limit(1)
    .as('last');
  const rows = await tx
    .select({
      accountId: last.accountId,
      sequence: last.sequence,
      balanceAfter: last.balanceAfter,
    })
    .from(sql`unnest(${sql.param(accountIds)}::text[]) AS asked (account_id)`)
    .crossJoinLateral(last)
    .prepare(`${schema}.transactions_held`)
    .execute();
  return new Map(rows.map(({ accountId, ...last }) => [accountId, toHeld(last)]));
}
