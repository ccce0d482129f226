import { type CommandResult, transferSchema } from '#lib/contracts/commands.ts';
import { decideTransfer } from '#server/domain/account/decide-transfer.ts';
import type { CommandContext } from './command-context.ts';
import { parseAmount } from './parse-amount.ts';
import { parseInput } from './parse-input.ts';
import { requireAccountId } from './require-account-id.ts';

/**
 * Moves money between two accounts of one currency: both legs or none (TransferInput). The legs
 * share the command's id as their transfer id. Throws PlayheadError.
 */
export async function transfer(ctx: CommandContext, input: unknown): Promise<CommandResult> {
  const given = parseInput(transferSchema, input);
  const fromAccountId = requireAccountId(given.fromAccountId, 'fromAccountId');
  const toAccountId = requireAccountId(given.toAccountId, 'toAccountId');
  const amount = parseAmount(given.amount, given.currency);
  const payload = { ...given, fromAccountId, toAccountId, amount };
  return ctx.handler.execute(ctx, {
    commandType: 'Transfer',
    payload,
    accountIds: [fromAccountId, toAccountId],
    decide: (at, stateOf) =>
      decideTransfer(
        { transferId: ctx.commandId, at, ...payload },
        stateOf(fromAccountId),
        stateOf(toAccountId),
      ),
  });
}
