import { and, count, desc, ilike, inArray, or, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { AccountsPage } from '#lib/contracts/queries.ts';
import type { Db, Tx } from '#server/platform/postgres.ts';
import { accounts } from '#server/projections/accounts/accounts-table.ts';
import { getFreshness } from '#server/projections/lag.ts';
import { toAccountRow } from '../account-row.ts';
import { containsPattern } from '../like-pattern.ts';
import { listParam, pageParams, textParam } from '../parse-query.ts';
import { readSnapshot } from '../snapshot.ts';
import {
  accountsOrderParams,
  isBehindCursor,
  toAccountsCursor,
  toOrderBy,
} from './accounts-order.ts';

/** Several `status` or `currency` widen the filter; `q` is part of an owner or a number. */
export const accountsQuerySchema = z.object({
  q: textParam,
  status: listParam.pipe(z.array(z.enum(['open', 'closed']))),
  currency: listParam,
  ...accountsOrderParams,
  ...pageParams,
});
type AccountsQuery = z.infer<typeof accountsQuerySchema>;

/**
 * A page of accounts. Total and facets are of the whole filter, a facet without its own dimension.
 * Throws INVALID_INPUT for a cursor of another order.
 */
export async function getAccountsPage(db: Db, query: AccountsQuery): Promise<AccountsPage> {
  const { cursor, limit } = query;
  const behind = cursor === undefined ? undefined : isBehindCursor(query, cursor);
  const freshness = await getFreshness(db, 'accounts');
  return readSnapshot(db, async (tx) => {
    const [rows, total, status, currency] = await Promise.all([
      tx
        .select()
        .from(accounts)
        .where(and(toFilter(query), behind))
        .orderBy(toOrderBy(query))
        .limit(limit + 1),
      tx.$count(accounts, toFilter(query)),
      getFacet(tx, accounts.status, toFilter({ ...query, status: [] })),
      getFacet(tx, accounts.currency, toFilter({ ...query, currency: [] })),
    ]);
    const items = rows.slice(0, limit).map(toAccountRow);
    const last = items.at(-1);
    return {
      items,
      total,
      nextCursor: rows.length > limit && last ? toAccountsCursor(query, last) : null,
      facets: { status, currency },
      freshness,
    };
  });
}

/** Whether an account's owner or number contains `q`; a number may be written with blanks. */
export function matchesAccount(q: string): SQL | undefined {
  const number = q.replace(/\s+/g, '');
  return or(
    ilike(accounts.owner, containsPattern(q)),
    ilike(accounts.number, containsPattern(number)),
  );
}

function toFilter({ q, status, currency }: Pick<AccountsQuery, 'q' | 'status' | 'currency'>) {
  return and(
    q ? matchesAccount(q) : undefined,
    status.length > 0 ? inArray(accounts.status, status) : undefined,
    currency.length > 0 ? inArray(accounts.currency, currency) : undefined,
  );
}

function getFacet(
  tx: Tx,
  value: typeof accounts.status | typeof accounts.currency,
  filter: SQL | undefined,
) {
  return tx
    .select({ value, count: count() })
    .from(accounts)
    .where(filter)
    .groupBy(value)
    .orderBy(desc(count()), value);
}
