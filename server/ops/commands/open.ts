import { z } from 'zod';
import { openAccount } from '#server/commands/open-account.ts';
import { defineOpsCommand } from '../ops-command.ts';
import { commandIdOption, commandIdSchema, printResult, toCommandContext } from './print-result.ts';

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
      await openAccount(toCommandContext(ctx, rest), {
        number: account,
        owner,
        currency,
        overdraftLimit: overdraft,
      }),
    ),
});
