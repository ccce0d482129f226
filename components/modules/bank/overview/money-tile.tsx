import { Anchor } from '@mantine/core';
import Link from 'next/link';
import { Money } from '#components/ui/money.tsx';
import { countOf } from '#lib/count-format.ts';
import type { BankTotals } from '#lib/modules/bank/queries.ts';
import classes from './money-tile.module.css';

/** How many currencies have room. */
const SHOWN = 3;

/** The money that the bank holds, per currency, the most accounts first. */
export function MoneyTile({ totals }: { totals: BankTotals['totals'] }) {
  const sorted = totals.toSorted((a, b) => b.accounts - a.accounts);
  const more = sorted.length - SHOWN;
  return (
    <div className={classes.tile} data-wide>
      <p className={classes.label}>
        Money held
        {more > 0 ? (
          <Anchor component={Link} href="/accounts" size="xs">
            {countOf(more, 'more currency', 'more currencies')}
          </Anchor>
        ) : null}
      </p>
      {sorted.length === 0 ? <p className={classes.none}>No account is open yet.</p> : null}
      <ul className={classes.list}>
        {sorted.slice(0, SHOWN).map(({ currency, accounts, balance }) => (
          <li key={currency}>
            <Link href={`/accounts?currency=${currency}`} className={classes.line}>
              <span className={classes.count}>{countOf(accounts, 'account')}</span>
              <Money amount={balance} currency={currency} />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
