import { inArray } from 'drizzle-orm';
import { z } from 'zod';
import type { AccountRow, AccountsPage } from '#lib/contracts/queries.ts';
import type { Db, Tx } from '#server/platform/postgres.ts';
import { accounts } from '#server/projections/accounts/accounts-table.ts';
import { getFreshness } from '#server/projections/lag.ts';
import { toAccountRow } from '../account-row.ts';
import { toFacets } from '../facets.ts';
import { listParam, pageParams, textParam } from '../parse-query.ts';
import { readSnapshot } from '../snapshot.ts';
import {
  accountsOrderParams,
  isBehindCursor,
  toAccountsCursor,
  toOrderInSql,
} from './accounts-order.ts';
import {
  type AccountCell,
  countMatches,
  findAccountIds,
  MOST_COUNTED,
  readCells,
  toMatch,
} from './find-accounts.ts';

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
  const behind = cursor === undefined ? undefined : isBehindCursor(query, cursor);
  const match = query.q ? toMatch(query.q) : undefined;
  return readSnapshot(db, async (tx) => {
    const freshness = await getFreshness(tx, 'accounts');
    const cells = match === undefined ? await readCells(tx) : await countMatches(tx, match);
    const meant = cells.filter((cell) => isMeant(query, cell));
    const range = { match, behind, limit: limit + 1 };
    const ids = await findAccountIds(tx, meant, toOrderInSql(query), range);
    const items = await loadAccounts(tx, ids.slice(0, limit));
    const bound = match === undefined ? Number.POSITIVE_INFINITY : MOST_COUNTED;
    const counted = cells.map(({ currency: one, status: other, count }) => ({
      one,
      other,
      count: Math.min(count, bound),
    }));
    const { total, one, other } = toFacets(counted, { one: currency, other: status });
    const last = items.at(-1);
    return {
      items,
      total,
      atLeast: cells.some(({ count, isDense }) => isDense || count > bound),
      nextCursor: ids.length > limit && last ? toAccountsCursor(query, last) : null,
      facets: { status: other, currency: one },
      freshness,
    };
  });
}

function isMeant({ status, currency }: AccountsQuery, cell: AccountCell): boolean {
  return (
    (status.length === 0 || status.some((each) => each === cell.status)) &&
    (currency.length === 0 || currency.includes(cell.currency))
  );
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
