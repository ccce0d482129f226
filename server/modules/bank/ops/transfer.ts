import { z } from 'zod';
import { runCommand } from '#server/runtime/commands/command.ts';
import { defineOpsCommand } from '#server/runtime/ops/ops-command.ts';
import {
  commandIdOption,
  commandIdSchema,
  printResult,
  toCommandContext,
} from '#server/runtime/ops/print-result.ts';
import { transfer } from '../commands/transfer.ts';

/** `transfer`: moves money between two accounts, or proposes that, as the console's form does. */
export const transferCommand = defineOpsCommand({
  usage: 'transfer',
  summary: 'move money from one account to another, both legs or none; a large sum is proposed',
  options: [
    { flags: '--from <number>', description: 'the account that pays', required: true },
    { flags: '--to <number>', description: 'the account that is paid', required: true },
    { flags: '--amount <amount>', description: 'a decimal, like 1234.50', required: true },
    { flags: '--currency <code>', description: "ISO 4217; both accounts' own", required: true },
    { flags: '--description <text>', description: 'what it is for' },
    commandIdOption,
  ],
  input: commandIdSchema.extend({
    from: z.string(),
    to: z.string(),
    amount: z.string(),
    currency: z.string(),
    description: z.string().optional(),
  }),
  run: async (ctx, { from, to, commandId, ...movement }, io) =>
    printResult(
      io,
      await runCommand(toCommandContext(ctx, { commandId }), transfer, {
        fromAccountId: from,
        toAccountId: to,
        ...movement,
      }),
    ),
});
