import type { TimeMachineParts } from '#components/console/aggregate/time-machine/time-machine-parts.ts';
import { Money } from '#components/ui/money.tsx';

/** The order in which an account's fields are read. */
const ORDER = [
  'status',
  'balance',
  'currency',
  'overdraftLimit',
  'owner',
  'number',
  'openedAt',
  'lastEventAt',
  'closedAt',
];

/** How the fields of an account's state are shown; amounts plain where its currency is not known. */
export function toStateParts(
  currency: string | undefined,
): Pick<TimeMachineParts, 'order' | 'toValue' | 'toDelta'> {
  if (currency === undefined) {
    return { order: ORDER };
  }
  return {
    order: ORDER,
    toValue: (field, value) =>
      isAmount(field) ? <Money amount={value} currency={currency} /> : undefined,
    toDelta: ({ field, before, after }) =>
      isAmount(field) && before !== undefined && after !== undefined ? (
        <Money amount={(BigInt(after) - BigInt(before)).toString()} currency={currency} signed />
      ) : undefined,
  };
}

/** The fields of a state that are minor units. */
function isAmount(field: string): boolean {
  return field === 'balance' || field === 'overdraftLimit';
}
