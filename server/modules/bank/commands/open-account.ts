import { z } from 'zod';
import { toAccountId } from '#lib/modules/bank/account-id.ts';
import { openAccountSchema } from '#lib/modules/bank/commands.ts';
import { BANK_FIELD_LABELS } from '#lib/modules/bank/field-labels.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { refuseInput } from '#server/runtime/commands/parse-input.ts';
import { accountAggregate } from '../domain/account-aggregate.ts';
import { toAccountAggregateId } from '../domain/account-aggregate-id.ts';
import { decideAccount } from '../domain/decide-account.ts';
import { readAmount } from './read-amount.ts';

const schema = openAccountSchema.transform((given, ctx) => {
  const number = toAccountId(given.number);
  if (number === undefined) {
    const message = 'An account number has 1 to 34 letters, digits and hyphens.';
    refuseInput(ctx, { code: 'INVALID_INPUT', message, field: 'number' });
    return z.NEVER;
  }
  const overdraftLimit = readAmount(ctx, given.overdraftLimit, given.currency, 'overdraftLimit');
  return { ...given, number, overdraftLimit };
});

/** Opens an account under a number that nobody has (openAccountSchema). */
export const openAccount = defineCommand({
  type: 'OpenAccount',
  labels: BANK_FIELD_LABELS,
  route: {
    method: 'POST',
    path: '/accounts',
    summary: 'Opens an account under a number that nobody has.',
    creates: '/accounts/{number}',
    without: ['bookedAt', 'bookingDate'],
  },
  schema,
  aggregates: ({ number }) => [toAccountAggregateId(number)],
  decide: (input, { at, stateOf }) =>
    decideAccount(
      { commandType: 'OpenAccount', at, ...input },
      stateOf(accountAggregate, toAccountAggregateId(input.number)),
    ),
});
