import { sql, sum } from 'drizzle-orm';
import type { Stats } from '#lib/contracts/queries.ts';
import { journalArrivals } from '#server/journal/journal-table.ts';
import type { Db, Tx } from '#server/platform/postgres.ts';
import { accountTotals } from '#server/projections/accounts/account-totals-table.ts';
import { readSnapshot } from '../snapshot.ts';
import { getHead } from './journal-head.ts';

const SECONDS_SHOWN = 120;
const SECONDS_AVERAGED = 10;

/** The journal in figures: see `statsSchema`. */
export function getStats(db: Db): Promise<Stats> {
  return readSnapshot(db, async (tx) => {
    const events = await getHead(tx);
    const arrivals = await getArrivals(tx);
    const perCurrency = await tx
      .select({
        currency: accountTotals.currency,
        accounts: sum(accountTotals.accounts).mapWith(Number),
        balance: sql<string>`${sum(accountTotals.balance)}::text`,
      })
      .from(accountTotals)
      .groupBy(accountTotals.currency)
      .orderBy(accountTotals.currency);
    const newest = arrivals.slice(-SECONDS_AVERAGED);
    return {
      accounts: perCurrency.reduce((total, currency) => total + currency.accounts, 0),
      // Positions have no gaps.
      events,
      eventsPerSecond:
        newest.reduce((total, second) => total + second.events, 0) / SECONDS_AVERAGED,
      arrivals,
      totals: perCurrency,
    };
  });
}

/** Events by the second in which the journal took them in, for seconds that are over. */
async function getArrivals(tx: Tx): Promise<Stats['arrivals']> {
  const since = sql`date_trunc('second', now()) - ${SECONDS_SHOWN} * interval '1 second'`;
  const rows = await tx.execute<{ at: string; events: number }>(sql`
    select to_char(second at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
      greatest(arrived.events, 0)::int as events
    from generate_series(
      ${since}, date_trunc('second', now()) - interval '1 second', interval '1 second'
    ) as second
    left join ${journalArrivals} as arrived using (second)
    order by second`);
  return rows;
}
