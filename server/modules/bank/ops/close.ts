import { z } from 'zod';
import { runCommand } from '#server/runtime/commands/command.ts';
import { defineOpsCommand } from '#server/runtime/ops/ops-command.ts';
import {
  commandIdOption,
  commandIdSchema,
  printResult,
  toCommandContext,
} from '#server/runtime/ops/print-result.ts';
import { closeAccount } from '../commands/close-account.ts';

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
      await runCommand(toCommandContext(ctx, { commandId }), closeAccount, {
        accountId: account,
        reason,
      }),
    ),
});
