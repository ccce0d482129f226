import type { CommandResult } from '#lib/contracts/commands.ts';
import { decideAccount } from '#server/domain/account/decide-account.ts';
import type { CommandContext } from './command-context.ts';

/**
 * A movement that a bank has booked and tells of: checked by whoever read it. Texts are to the letter,
 * `amount` is in minor units of `currency`, `bookingDate` the bank's calendar day.
 */
export type StatementMovement = {
  readonly accountId: string;
  readonly direction: 'deposit' | 'withdrawal';
  readonly amount: bigint;
  readonly currency: string;
  readonly bookingDate: string;
  readonly description: string | undefined;
  readonly counterparty: string | undefined;
};

/**
 * Books a bank's movement. What it is compared by when it comes again is what the bank said, and
 * nothing that was made of it, such as the time at which it takes effect. Throws PlayheadError.
 */
export async function bookStatementRow(
  ctx: CommandContext,
  { direction, ...said }: StatementMovement,
): Promise<CommandResult> {
  const commandType = direction === 'deposit' ? 'Deposit' : 'Withdraw';
  const { accountId } = said;
  return ctx.handler.execute(ctx, {
    commandType,
    payload: said,
    accountIds: [accountId],
    decide: (at, stateOf) => decideAccount({ commandType, at, ...said }, stateOf(accountId)),
  });
}
