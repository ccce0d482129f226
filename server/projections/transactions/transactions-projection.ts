import { desc, eq, sql } from 'drizzle-orm';
import { groupBy } from '#lib/group-by.ts';
import { fromAggregateId } from '#server/domain/recorded-event.ts';
import type { Tx } from '#server/platform/postgres.ts';
import type { SchemaName } from '#server/platform/schemas.ts';
import type { Projection } from '../projection.ts';
import { insertRows } from '../write-rows.ts';
import { foldTransactions, type LastTransaction } from './transactions-fold.ts';
import { transactions, transactionsIn } from './transactions-table.ts';

/** The complete history of movements with the running balance. */
export const transactionsProjection: Projection = {
  name: 'transactions',
  version: 1,
  tables: [transactions],
  handle: async (tx, events, schema) => {
    const byAccount = groupBy(events, (event) => fromAggregateId(event.aggregateId));
    const last = await loadLast(tx, schema, [...byAccount.keys()]);
    const rows = [...byAccount].flatMap(([accountId, accountEvents]) =>
      foldTransactions(last.get(accountId), accountEvents),
    );
    await insertRows(tx, transactionsIn(schema), rows);
  },
};

/** Each account's newest row, by one step into the primary key's index per account. */
async function loadLast(
  tx: Tx,
  schema: SchemaName,
  accountIds: string[],
): Promise<Map<string, LastTransaction>> {
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
  return new Map(rows.map((row) => [row.accountId, row]));
}
