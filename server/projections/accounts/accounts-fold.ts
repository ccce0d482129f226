import { fromAggregateId, type RecordedEvent } from '#server/domain/recorded-event.ts';
import { isNext } from '../is-next.ts';
import { toMovement } from '../movement.ts';
import type { accounts } from './accounts-table.ts';

export type AccountsRow = typeof accounts.$inferSelect;

/**
 * An account's row after more of its events, in their order; `held` is the row before them. Events
 * that the row holds already change nothing: the same object comes back. Throws SEQUENCE_GAP at a
 * gap. Pure.
 */
export function foldAccount(
  held: AccountsRow | undefined,
  events: readonly RecordedEvent[],
): AccountsRow | undefined {
  return events.reduce(
    (row, event) => (isNext(row?.version ?? 0, event) ? evolveRow(row, event) : row),
    held,
  );
}

function evolveRow(row: AccountsRow | undefined, event: RecordedEvent): AccountsRow {
  const accountId = fromAggregateId(event.aggregateId);
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
