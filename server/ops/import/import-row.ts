import { isPlayheadError, PlayheadError } from '#lib/playhead-error.ts';
import type { CommandHandler } from '#server/commands/command-context.ts';
import { deposit } from '#server/commands/deposit.ts';
import { openAccount } from '#server/commands/open-account.ts';
import { parseAmount } from '#server/commands/parse-amount.ts';
import { withdraw } from '#server/commands/withdraw.ts';
import type { Booking } from './booking-clock.ts';
import type { StatementRow } from './parse-statement-row.ts';

/** The currency of a statement, and the overdraft limit (a decimal text) of accounts it opens. */
export type ImportTerms = { readonly currency: string; readonly overdraftLimit: string };

const ACTOR = 'import';

/** Checks the terms before any row is read. Throws INVALID_INPUT and INVALID_AMOUNT. */
export function parseTerms({ currency, overdraftLimit }: ImportTerms): ImportTerms {
  const code = currency.trim().toUpperCase();
  if (parseAmount(overdraftLimit, code, 'overdraftLimit') < 0n) {
    const sentence = `An overdraft limit is zero or more, not ${overdraftLimit}.`;
    throw new PlayheadError('INVALID_AMOUNT', sentence, { field: 'overdraftLimit' });
  }
  return { currency: code, overdraftLimit };
}

/**
 * Opens a row's account. The command id comes from the account's number, so that a second import
 * opens nothing. True when the account is new. Throws PlayheadError.
 */
export async function openRowAccount(
  handler: CommandHandler,
  terms: ImportTerms,
  accountId: string,
  openedAt: string,
): Promise<boolean> {
  const ctx = { handler, actor: ACTOR, commandId: `import:account:${accountId}` };
  const { duplicate } = await openAccount(ctx, {
    number: accountId,
    owner: `Account ${accountId}`,
    currency: terms.currency,
    overdraftLimit: terms.overdraftLimit,
    bookedAt: openedAt,
  });
  return !duplicate;
}

/**
 * Books a row. The command id comes from the bank's transaction number, so that a second import
 * books nothing. True when the movement is new. Throws PlayheadError.
 */
export async function bookRow(
  handler: CommandHandler,
  terms: ImportTerms,
  row: StatementRow,
  { bookedAt }: Booking,
): Promise<boolean> {
  const { accountId, amount, description, counterparty } = row;
  const ctx = { handler, actor: ACTOR, commandId: `import:transaction:${row.transactionId}` };
  const move = row.direction === 'deposit' ? deposit : withdraw;
  const { currency } = terms;
  const input = { accountId, amount, currency, description, counterparty, bookedAt };
  const { duplicate } = await move(ctx, input);
  return !duplicate;
}

/**
 * Whether an error is about one row or its account, so that the others can go on. Where an engine
 * fails, going on would leave holes in the accounts that cannot be filled later.
 */
export function isRowError(error: unknown): error is PlayheadError {
  if (!isPlayheadError(error)) {
    return false;
  }
  switch (error.code) {
    case 'CONTENTION':
    case 'THROTTLED':
    case 'DYNAMODB_UNAVAILABLE':
    case 'POSTGRES_UNAVAILABLE':
    case 'NOT_CONFIGURED':
    case 'UNEXPECTED':
      return false;
    default:
      return true;
  }
}
