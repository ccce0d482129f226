import { toAccountId } from '#lib/account-id.ts';
import { PlayheadError } from '#lib/playhead-error.ts';

/**
 * The id of the account that an operator means, in whatever case and spacing it was typed. Throws
 * ACCOUNT_NOT_FOUND for a text that can be no account's.
 */
export function requireAccountId(text: string, field = 'accountId'): string {
  const accountId = toAccountId(text);
  if (accountId === undefined) {
    const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
    throw new PlayheadError('ACCOUNT_NOT_FOUND', `There is no account “${shown}”.`, { field });
  }
  return accountId;
}
