import { Text } from '@mantine/core';
import { readAmountText } from '#lib/modules/bank/amount-text.ts';
import { limitsOf, needsFourEyes } from '#lib/modules/bank/transfer-policy.ts';
import { formatMoney, parseDecimal } from '#lib/money.ts';

export type FourEyesNoticeProps = {
  /** As it stands in the form. */
  amountText: string;
  currency: string;
};

/** Says of an amount that somebody else must approve what will happen; of any other, nothing. */
export function FourEyesNotice({ amountText, currency }: FourEyesNoticeProps) {
  const amount = parseDecimal(readAmountText(amountText, currency).amount, currency);
  if (typeof amount !== 'bigint' || !needsFourEyes(amount, currency)) {
    return null;
  }
  const limit = formatMoney({ amount: limitsOf(currency).fourEyesFrom, currency });
  return (
    <Text size="sm" role="status">
      From {limit} on, a transfer is proposed, and booked when somebody else approves it.
    </Text>
  );
}
