import { limitsOf } from '#lib/modules/bank/transfer-policy.ts';
import { formatMoney } from '#lib/money.ts';
import { type Decision, reject } from '#server/runtime/commands/decision.ts';
import type { Timed } from './account-commands.ts';

type Movement = Timed & { readonly amount: bigint; readonly currency: string };

/**
 * Whether a movement happened already and is told of afterwards, as the demo's: it is history, which no
 * policy refuses. Forms and programs cannot give a booking time.
 */
export function isHistory({ bookedAt }: Pick<Timed, 'bookedAt'>): boolean {
  return bookedAt !== undefined;
}

/**
 * What the bank's rules say of a single movement, unless it is above the most that one may move. A
 * statement's rows are not asked: another bank has booked them. Pure.
 */
export function limitAmount(movement: Movement, decision: Decision): Decision {
  const { amount, currency } = movement;
  if (decision.kind === 'rejected' || isHistory(movement)) {
    return decision;
  }
  const { most } = limitsOf(currency);
  if (amount <= most) {
    return decision;
  }
  const [asked, limit] = [amount, most].map((each) => formatMoney({ amount: each, currency }));
  return reject(
    'AMOUNT_LIMIT',
    `A single deposit, withdrawal or transfer moves at most ${limit}; this one is ${asked}.`,
    'amount',
  );
}
