import type { FollowingEvent } from '#server/runtime/views/is-next.ts';
import type { AccountEvent } from '../../domain/account-events.ts';
import { toMovement } from '../movement.ts';
import type { accounts } from './accounts-table.ts';

export type AccountsRow = typeof accounts.$inferSelect;

/** An account's row after one more of its events; `row` is the one before it. Pure. */
export function evolveAccountsRow(
  row: AccountsRow | undefined,
  event: FollowingEvent<AccountEvent>,
  accountId: string,
): AccountsRow {
  const at = new Date(event.timestamp);
  const seen = { lastActivityAt: at, version: event.eventSequence };
  if (event.eventType === 'AccountOpened') {
    return {
      accountId,
      ...event.eventData,
      balance: 0n,
      status: 'open',
      openedAt: at,
      closedAt: null,
      ...seen,
    };
  }
  if (row === undefined) {
    throw new Error(`${event.eventType} is the first event of account ${accountId}.`);
  }
  if (event.eventType === 'AccountClosed') {
    return { ...row, status: 'closed', closedAt: at, ...seen };
  }
  return { ...row, balance: row.balance + (toMovement(event)?.change ?? 0n), ...seen };
}
