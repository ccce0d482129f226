import type { CommandResult } from '#lib/contracts/commands.ts';
import type { CommandContext } from '#server/runtime/commands/command-context.ts';
import { accountAggregate } from '../domain/account-aggregate.ts';
import { toAccountAggregateId } from '../domain/account-aggregate-id.ts';
import { decideAccount } from '../domain/decide-account.ts';

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
 * nothing that was made of it, such as the time at which it takes effect. The limits of amounts are not
 * asked: another bank has booked it. Throws PlayheadError.
 */
export async function bookStatementRow(
  ctx: CommandContext,
  { direction, ...said }: StatementMovement,
): Promise<CommandResult> {
  const commandType = direction === 'deposit' ? 'Deposit' : 'Withdraw';
  const aggregateId = toAccountAggregateId(said.accountId);
  return ctx.handler.execute(ctx, {
    commandType,
    payload: said,
    aggregateIds: [aggregateId],
    decide: (at, stateOf) =>
      decideAccount({ commandType, at, ...said }, stateOf(accountAggregate, aggregateId)),
  });
}
