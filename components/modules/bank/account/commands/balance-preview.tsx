import { Money } from '#components/ui/money.tsx';
import { readAmountText } from '#lib/modules/bank/amount-text.ts';
import type { AccountRow } from '#lib/modules/bank/queries.ts';
import { parseDecimal } from '#lib/money.ts';
import classes from './balance-preview.module.css';

export type BalancePreviewProps = {
  account: AccountRow;
  /** The amount as it is being typed. */
  amountText: string;
  direction: 'in' | 'out';
};

/** The balance as this page shows it, and what it would become. */
export function BalancePreview({ account, amountText, direction }: BalancePreviewProps) {
  const { balance, currency } = account;
  const change = readChange(amountText, currency);
  const after = change && (BigInt(balance) + (direction === 'in' ? change : -change)).toString();
  return (
    <dl className={classes.root}>
      <div>
        <dt>Balance now</dt>
        <dd>
          <Money amount={balance} currency={currency} />
        </dd>
      </div>
      <div>
        <dt>Afterwards</dt>
        <dd>{after ? <Money amount={after} currency={currency} /> : '–'}</dd>
      </div>
    </dl>
  );
}

/** Undefined for a text that is no positive amount in the account's currency. */
function readChange(text: string, currency: string): bigint | undefined {
  const read = readAmountText(text, currency);
  const amount = read.currency === currency ? parseDecimal(read.amount, currency) : undefined;
  return typeof amount === 'bigint' && amount > 0n ? amount : undefined;
}
