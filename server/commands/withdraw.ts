import type { CommandResult } from '#lib/contracts/commands.ts';
import type { CommandContext } from './command-context.ts';
import { moveMoney } from './move-money.ts';

/** Takes money out, down to the overdraft limit (MoveMoneyInput). Throws PlayheadError. */
export async function withdraw(ctx: CommandContext, input: unknown): Promise<CommandResult> {
  return moveMoney(ctx, 'Withdraw', input);
}
