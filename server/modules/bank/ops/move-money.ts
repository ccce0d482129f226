import { z } from 'zod';
import { type Command, runCommand } from '#server/runtime/commands/command.ts';
import { defineOpsCommand } from '#server/runtime/ops/ops-command.ts';
import {
  commandIdOption,
  commandIdSchema,
  printResult,
  toCommandContext,
} from '#server/runtime/ops/print-result.ts';

import { deposit, withdraw } from '../commands/move-money.ts';

/** A command that moves money into or out of one account. */
function defineMoveMoney(usage: string, summary: string, command: Command) {
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
        await runCommand(toCommandContext(ctx, { commandId }), command, {
          accountId: account,
          ...movement,
        }),
      ),
  });
}

/** `deposit`: pays money in. */
export const depositCommand = defineMoveMoney('deposit', 'pay money into an account', deposit);

/** `withdraw`: pays money out. */
export const withdrawCommand = defineMoveMoney('withdraw', 'pay money out of an account', withdraw);
