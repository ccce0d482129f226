import { z } from 'zod';
import { runCommand } from '#server/runtime/commands/command.ts';
import { defineOpsCommand } from '#server/runtime/ops/ops-command.ts';
import {
  commandIdOption,
  commandIdSchema,
  printResult,
  toCommandContext,
} from '#server/runtime/ops/print-result.ts';
import { openAccount } from '../commands/open-account.ts';

/** `open`: opens an account. */
export const openCommand = defineOpsCommand({
  usage: 'open',
  summary: 'open an account',
  options: [
    { flags: '--account <number>', description: "the account's number", required: true },
    { flags: '--owner <name>', description: 'whose it is', required: true },
    { flags: '--currency <code>', description: 'ISO 4217, like EUR', required: true },
    { flags: '--overdraft <amount>', description: 'how far below zero it may go', fallback: '0' },
    commandIdOption,
  ],
  input: commandIdSchema.extend({
    account: z.string(),
    owner: z.string(),
    currency: z.string(),
    overdraft: z.string(),
  }),
  run: async (ctx, { account, owner, currency, overdraft, ...rest }, io) =>
    printResult(
      io,
      await runCommand(toCommandContext(ctx, rest), openAccount, {
        number: account,
        owner,
        currency,
        overdraftLimit: overdraft,
      }),
    ),
});
