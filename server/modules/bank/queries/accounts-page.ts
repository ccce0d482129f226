import { inArray } from 'drizzle-orm';
import { z } from 'zod';
import type { AccountRow, AccountsPage } from '#lib/modules/bank/queries.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { toFacets } from '#server/runtime/queries/facets.ts';
import { toPage } from '#server/runtime/queries/keyset-page.ts';
import { listParam, pageParams, textParam } from '#server/runtime/queries/parse-query.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import { getFreshness } from '#server/runtime/views/lag.ts';
import { accounts } from '../views/accounts/accounts-table.ts';
import { accountsView } from '../views/accounts/accounts-view.ts';
import { toAccountRow } from './account-row.ts';
import {
  accountsOrderParams,
  isBesideAccount,
  readAccountsCursor,
  toAccountsPlace,
  toOrderInSql,
} from './accounts-order.ts';
import { listAccounts, MOST_COUNTED, searchAccounts, toMatch } from './find-accounts.ts';

/**
 * Several `status` or `currency` widen the filter; `q` is looked for in owner and number, word by word,
 * whatever the case and the accents are.
 */
export const accountsQuerySchema = z.object({
  q: textParam,
  status: listParam.pipe(z.array(z.enum(['open', 'closed']))),
  currency: listParam,
  ...accountsOrderParams,
  ...pageParams,
});
type AccountsQuery = z.infer<typeof accountsQuerySchema>;

/**
 * A page of accounts. Total and facets are of the whole filter, a facet without its own dimension;
 * where a search finds very many they are lower bounds (`atLeast`). Throws INVALID_INPUT for a cursor of
 * another order.
 */
export async function getAccountsPage(db: Db, query: AccountsQuery): Promise<AccountsPage> {
  const { cursor, limit, status, currency } = query;
  const asked = readAccountsCursor(query, cursor);
  const behind = isBesideAccount(query, asked);
  const match = query.q ? toMatch(query.q) : undefined;
  return readSnapshot(db, async (tx) => {
    const freshness = await getFreshness(tx, accountsView);
    const order = toOrderInSql(query, asked);
    const range = { currencies: currency, statuses: status, behind, limit: limit + 1 };
    const { ids, cells, atLeast } =
      match === undefined
        ? await listAccounts(tx, order, range)
        : await searchAccounts(tx, match, order, range);
    const rows = await loadAccounts(tx, ids);
    const page = toPage(rows, limit, asked, (row) => toAccountsPlace(query, row));
    const counted = cells.map((cell) => ({
      one: cell.currency,
      other: cell.status,
      count: cell.count,
    }));
    const { total, one, other } = toFacets(counted, { one: currency, other: status });
    return {
      items: [...page.rows],
      total: atLeast ? Math.min(total, MOST_COUNTED) : total,
      atLeast,
      ...page.links,
      facets: { status: other, currency: one },
      freshness,
    };
  });
}

/** Rows in the order of their ids. */
async function loadAccounts(tx: Tx, ids: readonly string[]): Promise<AccountRow[]> {
  const rows = await tx
    .select()
    .from(accounts)
    .where(inArray(accounts.accountId, [...ids]));
  const byId = new Map(rows.map((row) => [row.accountId, toAccountRow(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
