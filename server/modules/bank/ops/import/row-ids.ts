import type { StatementRow } from './parse-statement-row.ts';

/** The name space of the importer's command ids; no form and no command line can send one of it. */
export const PREFIX = 'import:';

type Row = Pick<StatementRow, 'accountId' | 'transactionId'>;

/** The command id of an account's opening. */
export function toOpeningId(accountId: string): string {
  return `${PREFIX}account:${accountId}`;
}

/** The command id of a row: a bank's number is unique within the account only. */
export function toRowId({ accountId, transactionId }: Row): string {
  return `${PREFIX}row:${accountId}/${transactionId}`;
}

/** What a row's command id was before accounts were part of it: known again, and never made. */
export function toLegacyRowId({ transactionId }: Row): string {
  return `${PREFIX}transaction:${transactionId}`;
}
