import { z } from 'zod';
import { isPlayheadError, PlayheadError } from '#lib/playhead-error.ts';
import { runCommand } from '#server/runtime/commands/command.ts';
import type { CommandHandler } from '#server/runtime/commands/command-context.ts';
import { parseInput, refuseInput } from '#server/runtime/commands/parse-input.ts';
import { bookStatementRow } from '../../commands/book-statement-row.ts';
import { openAccount } from '../../commands/open-account.ts';
import { readAmount } from '../../commands/read-amount.ts';
import type { StatementRow } from './parse-statement-row.ts';
import { toOpeningId, toRowId } from './row-ids.ts';

/** The currency of a statement, and the overdraft limit (a decimal text) of accounts it opens. */
export type ImportTerms = { readonly currency: string; readonly overdraftLimit: string };

const ACTOR = 'import';

const termsSchema = z
  .object({ currency: z.string().trim().toUpperCase(), overdraftLimit: z.string() })
  .superRefine(({ currency, overdraftLimit }, ctx) => {
    if (readAmount(ctx, overdraftLimit, currency, 'overdraftLimit') < 0n) {
      const message = `An overdraft limit is zero or more, not ${overdraftLimit}.`;
      refuseInput(ctx, { code: 'INVALID_AMOUNT', message, field: 'overdraftLimit' });
    }
  });

/** Checks the terms before any row is read. Throws INVALID_INPUT and INVALID_AMOUNT. */
export function parseTerms(terms: ImportTerms): ImportTerms {
  return parseInput(termsSchema, terms);
}

/**
 * Opens a row's account on the row's day. False when somebody opened it meanwhile, which is fine.
 * Throws PlayheadError.
 */
export async function openRowAccount(
  handler: CommandHandler,
  terms: ImportTerms,
  { accountId, date }: StatementRow,
): Promise<boolean> {
  const ctx = { handler, actor: ACTOR, commandId: toOpeningId(accountId) };
  try {
    const { duplicate } = await runCommand(ctx, openAccount, {
      number: accountId,
      owner: `Account ${accountId}`,
      currency: terms.currency,
      overdraftLimit: terms.overdraftLimit,
      bookingDate: date,
    });
    return !duplicate;
  } catch (error) {
    if (
      isPlayheadError(error, 'ACCOUNT_NUMBER_TAKEN') ||
      isPlayheadError(error, 'COMMAND_ID_REUSED')
    ) {
      return false;
    }
    throw error;
  }
}

/** Books a row. True when the movement is new. Throws PlayheadError. */
export async function bookRow(
  handler: CommandHandler,
  { currency }: ImportTerms,
  row: StatementRow,
): Promise<boolean> {
  const { accountId, direction, amount, date: bookingDate, description, counterparty } = row;
  const ctx = { handler, actor: ACTOR, commandId: toRowId(row) };
  const movement = { accountId, direction, amount, currency, bookingDate };
  try {
    const { duplicate } = await bookStatementRow(ctx, { ...movement, description, counterparty });
    return !duplicate;
  } catch (error) {
    throw isPlayheadError(error, 'COMMAND_ID_REUSED') ? otherContents(row) : error;
  }
}

/** The bank's number stands for another movement already. */
export function otherContents({ accountId, transactionId }: StatementRow): PlayheadError {
  return new PlayheadError(
    'COMMAND_ID_REUSED',
    `Transaction ${transactionId} of account ${accountId} is there already, with another date, amount, currency or text.`,
  );
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
