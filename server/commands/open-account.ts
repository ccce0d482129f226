import { toAccountId } from '#lib/account-id.ts';
import { type CommandResult, openAccountSchema } from '#lib/contracts/commands.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { decideAccount } from '#server/domain/account/decide-account.ts';
import type { CommandContext } from './command-context.ts';
import { parseAmount } from './parse-amount.ts';
import { parseInput } from './parse-input.ts';

/** Opens an account under a number that nobody has (openAccountSchema). Throws PlayheadError. */
export async function openAccount(ctx: CommandContext, input: unknown): Promise<CommandResult> {
  const given = parseInput(openAccountSchema, input);
  const number = toAccountId(given.number);
  if (number === undefined) {
    const sentence = 'An account number has 1 to 34 letters, digits and hyphens.';
    throw new PlayheadError('INVALID_INPUT', sentence, { field: 'number' });
  }
  const overdraftLimit = parseAmount(given.overdraftLimit, given.currency, 'overdraftLimit');
  const payload = { ...given, number, overdraftLimit };
  return ctx.handler.execute(ctx, {
    commandType: 'OpenAccount',
    payload,
    accountIds: [number],
    decide: (at, stateOf) =>
      decideAccount({ commandType: 'OpenAccount', at, ...payload }, stateOf(number)),
  });
}
