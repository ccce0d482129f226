import { z } from 'zod';
import type { CommandResult } from '#lib/contracts/commands.ts';
import type { CommandContext } from '#server/commands/command-context.ts';
import { defineOpsCommand } from '../ops-command.ts';
import { commandIdOption, commandIdSchema, printResult, toCommandContext } from './print-result.ts';

/** A command that moves money into or out of one account. */
export function defineMoveMoney(
  usage: string,
  summary: string,
  move: (ctx: CommandContext, input: unknown) => Promise<CommandResult>,
) {
  return defineOpsCommand({
    usage,
    summary,
    options: [
      { flags: '--account <number>', description: "the account's number", required: true },
      { flags: '--amount <amount>', description: 'a decimal, like 1234.50', required: true },
      { flags: '--currency <code>', description: "ISO 4217; the account's own", required: true },
      { flags: '--description <text>', description: 'what it is for' },
      { flags: '--counterparty <text>', description: 'from whom, or to whom' },
      commandIdOption,
    ],
    input: commandIdSchema.extend({
      account: z.string(),
      amount: z.string(),
      currency: z.string(),
      description: z.string().optional(),
      counterparty: z.string().optional(),
    }),
    run: async (ctx, { account, commandId, ...movement }, io) =>
      printResult(
        io,
        await move(toCommandContext(ctx, { commandId }), { accountId: account, ...movement }),
      ),
  });
}
