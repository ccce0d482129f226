import { type CommandResult, moveMoneySchema } from '#lib/contracts/commands.ts';
import { decideAccount } from '#server/domain/account/decide-account.ts';
import type { CommandContext } from './command-context.ts';
import { parseAmount } from './parse-amount.ts';
import { parseInput } from './parse-input.ts';
import { requireAccountId } from './require-account-id.ts';

/** Money in or out of one account: what Deposit and Withdraw have in common. */
export async function moveMoney(
  ctx: CommandContext,
  commandType: 'Deposit' | 'Withdraw',
  input: unknown,
): Promise<CommandResult> {
  const given = parseInput(moveMoneySchema, input);
  const accountId = requireAccountId(given.accountId);
  const payload = { ...given, accountId, amount: parseAmount(given.amount, given.currency) };
  return ctx.handler.execute(ctx, {
    commandType,
    payload,
    accountIds: [accountId],
    decide: (at, stateOf) => decideAccount({ commandType, at, ...payload }, stateOf(accountId)),
  });
}
