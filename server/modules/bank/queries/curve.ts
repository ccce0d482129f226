import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Curve } from '#lib/modules/bank/queries.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { waitParams } from '#server/runtime/queries/parse-query.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import { getFreshness } from '#server/runtime/views/lag.ts';
import { accounts } from '../views/accounts/accounts-table.ts';
import { transactions } from '../views/transactions/transactions-table.ts';
import { transactionsView } from '../views/transactions/transactions-view.ts';
import { accountNotFound } from './account-row.ts';

export const curveQuerySchema = z.object({
  points: z.coerce.number().int().min(10).max(5_000).default(600),
  ...waitParams,
});

type Point = Curve['points'][number];

/**
 * An account's balance over its sequences, in at most `points` points: movements are cut into
 * buckets of equal length, and the lowest and the highest balance of each are kept, so that no peak
 * is lost. It starts with the opening, at zero. Throws ACCOUNT_NOT_FOUND.
 */
export async function getCurve(db: Db, accountId: string, points: number): Promise<Curve> {
  const { freshness, account, movements } = await readSnapshot(db, async (tx) => ({
    freshness: await getFreshness(tx, transactionsView),
    account: (await tx.select().from(accounts).where(eq(accounts.accountId, accountId)))[0],
    movements: await getExtremes(tx, accountId, Math.floor((points - 3) / 2)),
  }));
  const currency = movements[0]?.currency ?? account?.currency;
  if (currency === undefined) {
    throw accountNotFound(accountId, 'in the read model');
  }
  const opening: Point[] = account
    ? [{ sequence: 1, at: account.openedAt.toISOString(), balance: '0' }]
    : [];
  return {
    currency,
    points: [...opening, ...movements.map(({ currency: _, ...point }) => point)],
    freshness,
  };
}

/** The first and the last movement, and the two extremes of each of `buckets`. */
async function getExtremes(db: Tx, accountId: string, buckets: number) {
  const rows = await db.execute<Point & { currency: string }>(sql`
    with movements as (
      select sequence, balance_after, booked_at, currency,
        (sequence - min(sequence) over ()) * ${buckets}::bigint
          / (max(sequence) over () - min(sequence) over () + 1) as bucket
      from ${transactions} where ${transactions.accountId} = ${accountId}
    ),
    kept as (
      (select distinct on (bucket) sequence from movements order by bucket, balance_after, sequence)
      union
      (select distinct on (bucket) sequence from movements
        order by bucket, balance_after desc, sequence)
      union select min(sequence) from movements
      union select max(sequence) from movements
    )
    select sequence, balance_after::text as balance, currency,
      to_char(booked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from movements join kept using (sequence)
    order by sequence`);
  return rows;
}
