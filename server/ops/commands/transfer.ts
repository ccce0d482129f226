import { z } from 'zod';
import { transfer } from '#server/commands/transfer.ts';
import { defineOpsCommand } from '../ops-command.ts';
import { commandIdOption, commandIdSchema, printResult, toCommandContext } from './print-result.ts';

/** `transfer`: moves money between two accounts. */
export const transferCommand = defineOpsCommand({
  usage: 'transfer',
  summary: 'move money from one account to another, both legs or none',
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
      await transfer(toCommandContext(ctx, { commandId }), {
        fromAccountId: from,
        toAccountId: to,
        ...movement,
      }),
    ),
});
