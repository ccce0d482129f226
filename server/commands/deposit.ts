import type { CommandResult } from '#lib/contracts/commands.ts';
import type { CommandContext } from './command-context.ts';
import { moveMoney } from './move-money.ts';

/** Pays money in (MoveMoneyInput). Throws PlayheadError. */
export async function deposit(ctx: CommandContext, input: unknown): Promise<CommandResult> {
  return moveMoney(ctx, 'Deposit', input);
}
