import { formatAmount } from '#lib/money.ts';
import classes from './money.module.css';

export type MoneyProps = {
  /** Minor units as they travel: "-12345". */
  amount: string;
  currency: string;
  /** Shows a plus before what is above zero: for changes. */
  signed?: boolean;
  /** Leaves the currency out where a column names it. */
  bare?: boolean;
};

/** An amount for people, "1,234.50 EUR", with figures of one width; red when below zero. */
export function Money({ amount, currency, signed = false, bare = false }: MoneyProps) {
  const minor = BigInt(amount);
  return (
    <span className={classes.money} data-negative={minor < 0n || undefined}>
      {signed && minor > 0n ? '+' : ''}
      {formatAmount(minor, currency)}
      {bare ? null : <span className={classes.currency}> {currency}</span>}
    </span>
  );
}
