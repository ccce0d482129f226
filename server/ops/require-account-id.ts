import { toAccountId } from '#lib/account-id.ts';
import { PlayheadError } from '#lib/playhead-error.ts';

/** The id of an account number as somebody wrote it. Throws ACCOUNT_NOT_FOUND when it can be none. */
export function requireAccountId(number: string): string {
  const accountId = toAccountId(number);
  if (accountId === undefined) {
    const short = number.length > 40 ? `${number.slice(0, 40)}…` : number;
    throw new PlayheadError('ACCOUNT_NOT_FOUND', `There is no account “${short}”.`);
  }
  return accountId;
}
