import { z } from 'zod';
import { toAccountId } from '#lib/modules/bank/account-id.ts';
import { refuseInput } from '#server/runtime/commands/parse-input.ts';

/**
 * The id of the account that an operator means, in whatever case and spacing it was typed. Refuses a text
 * that can be no account's: ACCOUNT_NOT_FOUND.
 */
export function readAccountId(ctx: z.RefinementCtx, text: string, field = 'accountId'): string {
  const accountId = toAccountId(text);
  if (accountId === undefined) {
    const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
    const message = `There is no account “${shown}”.`;
    refuseInput(ctx, { code: 'ACCOUNT_NOT_FOUND', message, field });
    return z.NEVER;
  }
  return accountId;
}
