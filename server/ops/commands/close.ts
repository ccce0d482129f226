import { z } from 'zod';
import { closeAccount } from '#server/commands/close-account.ts';
import { defineOpsCommand } from '../ops-command.ts';
import { commandIdOption, commandIdSchema, printResult, toCommandContext } from './print-result.ts';

/** `close`: closes an account for good. */
export const closeCommand = defineOpsCommand({
  usage: 'close',
  summary: 'close an account whose balance is zero',
  options: [
    { flags: '--account <number>', description: "the account's number", required: true },
    { flags: '--reason <text>', description: 'why' },
    commandIdOption,
  ],
  input: commandIdSchema.extend({ account: z.string(), reason: z.string().optional() }),
  run: async (ctx, { account, reason, commandId }, io) =>
    printResult(
      io,
      await closeAccount(toCommandContext(ctx, { commandId }), { accountId: account, reason }),
    ),
});
