import type { AccountRow } from '#lib/modules/bank/queries.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { ExistingAccount } from '../domain/account-state.ts';
import type { accounts } from '../views/accounts/accounts-table.ts';

/** The error for an account that a view does not have; `where` says which view. */
export function accountNotFound(accountId: string, where = ''): PlayheadError {
  const sentence = `There is no account ${accountId}${where && ` ${where}`}.`;
  return new PlayheadError('ACCOUNT_NOT_FOUND', sentence, { field: 'accountId' });
}

/** A row of the `accounts` projection as it travels. */
export function toAccountRow(row: typeof accounts.$inferSelect): AccountRow {
  return {
    ...row,
    overdraftLimit: row.overdraftLimit.toString(),
    balance: row.balance.toString(),
    openedAt: row.openedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    lastActivityAt: row.lastActivityAt.toISOString(),
  };
}

/** A folded state as it travels, in the same shape as the projection's row. */
export function toFoldedAccountRow(
  accountId: string,
  state: ExistingAccount,
  version: number,
): AccountRow {
  return {
    accountId,
    number: state.number,
    owner: state.owner,
    currency: state.currency,
    overdraftLimit: state.overdraftLimit.toString(),
    balance: state.balance.toString(),
    status: state.status,
    openedAt: state.openedAt,
    closedAt: state.status === 'closed' ? state.closedAt : null,
    lastActivityAt: state.lastEventAt,
    version,
  };
}
