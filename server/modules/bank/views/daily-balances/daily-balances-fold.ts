import { isNext } from '#server/runtime/views/is-next.ts';
import { fromAccountAggregateId } from '../../domain/account-aggregate-id.ts';
import type { RecordedAccountEvent } from '../../domain/account-events.ts';
import { type Movement, toMovement } from '../movement.ts';
import type { dailyBalances } from './daily-balances-table.ts';

export type DailyBalancesRow = typeof dailyBalances.$inferSelect;

/**
 * The rows that an account's events change or add, a row per UTC day, in their order; `last` is its
 * newest row before them: time never runs backwards within an account, so no older one can change.
 * The opening (sequence 1) and the closing move no money. Events up to `last` change nothing.
 * Throws SEQUENCE_GAP at a gap. Pure.
 */
export function foldDailyBalances(
  last: DailyBalancesRow | undefined,
  events: readonly RecordedAccountEvent[],
): DailyBalancesRow[] {
  const changed = new Map<string, DailyBalancesRow>();
  let row = last;
  for (const event of events) {
    const movement = toMovement(event);
    if (isNext(row?.version ?? 1, event) && movement) {
      const day = event.timestamp.slice(0, 10);
      const today: DailyBalancesRow = row?.day === day ? row : startDay(event, movement, row);
      row = addMovement(today, event, movement);
      changed.set(day, row);
    }
  }
  return [...changed.values()];
}

function startDay(
  event: RecordedAccountEvent,
  { currency }: Movement,
  before: DailyBalancesRow | undefined,
): DailyBalancesRow {
  const opening = before?.closing ?? 0n;
  return {
    accountId: fromAccountAggregateId(event.aggregateId),
    day: event.timestamp.slice(0, 10),
    currency,
    opening,
    closing: opening,
    totalIn: 0n,
    totalOut: 0n,
    movements: 0,
    version: event.eventSequence,
  };
}

function addMovement(
  row: DailyBalancesRow,
  event: RecordedAccountEvent,
  { direction, amount, change }: Movement,
): DailyBalancesRow {
  return {
    ...row,
    closing: row.closing + change,
    totalIn: row.totalIn + (direction === 'in' ? amount : 0n),
    totalOut: row.totalOut + (direction === 'out' ? amount : 0n),
    movements: row.movements + 1,
    version: event.eventSequence,
  };
}
