import { moveMoneySchema } from '#lib/modules/bank/commands.ts';
import { BANK_FIELD_LABELS } from '#lib/modules/bank/field-labels.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { accountAggregate } from '../domain/account-aggregate.ts';
import { toAccountAggregateId } from '../domain/account-aggregate-id.ts';
import { decideAccount } from '../domain/decide-account.ts';
import { limitAmount } from '../domain/limit-amount.ts';
import { readAccountId } from './read-account-id.ts';
import { readAmount } from './read-amount.ts';

const schema = moveMoneySchema.transform((given, ctx) => ({
  ...given,
  accountId: readAccountId(ctx, given.accountId),
  amount: readAmount(ctx, given.amount, given.currency),
}));

/** Money in or out of one account: what Deposit and Withdraw have in common. */
function moveMoney(type: 'Deposit' | 'Withdraw', path: string, summary: string) {
  return defineCommand({
    type,
    labels: BANK_FIELD_LABELS,
    route: { method: 'POST', path, summary, without: ['bookedAt'] },
    schema,
    aggregates: ({ accountId }) => [toAccountAggregateId(accountId)],
    decide: (input, { at, stateOf }) =>
      limitAmount(
        { at, ...input },
        decideAccount(
          { commandType: type, at, ...input },
          stateOf(accountAggregate, toAccountAggregateId(input.accountId)),
        ),
      ),
  });
}

/** Pays money in (moveMoneySchema). */
export const deposit = moveMoney('Deposit', '/accounts/{accountId}/deposits', 'Pays money in.');

/** Pays money out (moveMoneySchema). */
export const withdraw = moveMoney(
  'Withdraw',
  '/accounts/{accountId}/withdrawals',
  'Pays money out.',
);
