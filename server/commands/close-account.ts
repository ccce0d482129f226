import { type CommandResult, closeAccountSchema } from '#lib/contracts/commands.ts';
import { decideAccount } from '#server/domain/account/decide-account.ts';
import type { CommandContext } from './command-context.ts';
import { parseInput } from './parse-input.ts';
import { requireAccountId } from './require-account-id.ts';

/** Closes an account whose balance is zero, for good (CloseAccountInput). Throws PlayheadError. */
export async function closeAccount(ctx: CommandContext, input: unknown): Promise<CommandResult> {
  const given = parseInput(closeAccountSchema, input);
  const payload = { ...given, accountId: requireAccountId(given.accountId) };
  return ctx.handler.execute(ctx, {
    commandType: 'CloseAccount',
    payload,
    accountIds: [payload.accountId],
    decide: (at, stateOf) =>
      decideAccount({ commandType: 'CloseAccount', at, ...payload }, stateOf(payload.accountId)),
  });
}
