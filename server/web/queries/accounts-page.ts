import { and, count, ilike, inArray, or, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { AccountsPage } from '#lib/contracts/queries.ts';
import type { Db } from '#server/platform/postgres.ts';
import { accounts } from '#server/projections/accounts/accounts-table.ts';
import { getFreshness } from '#server/projections/lag.ts';
import { toAccountRow } from '../account-row.ts';
import { toFacets } from '../facets.ts';
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
  const filter = query.q ? matchesAccount(query.q) : undefined;
  return readSnapshot(db, async (tx) => {
    const freshness = await getFreshness(tx, 'accounts');
    const rows = await tx
      .select()
      .from(accounts)
      .where(and(filter, toNarrowing(query), behind))
      .orderBy(toOrderBy(query))
      .limit(limit + 1);
    const cells = await tx
      .select({ one: accounts.status, other: accounts.currency, count: count() })
      .from(accounts)
      .where(filter)
      .groupBy(accounts.status, accounts.currency);
    const { total, one, other } = toFacets(cells, { one: query.status, other: query.currency });
    const items = rows.slice(0, limit).map(toAccountRow);
    const last = items.at(-1);
    return {
      items,
      total,
      nextCursor: rows.length > limit && last ? toAccountsCursor(query, last) : null,
      facets: { status: one, currency: other },
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

/** The dimensions that have facets. */
function toNarrowing({ status, currency }: AccountsQuery): SQL | undefined {
  return and(
    status.length > 0 ? inArray(accounts.status, status) : undefined,
    currency.length > 0 ? inArray(accounts.currency, currency) : undefined,
  );
}
