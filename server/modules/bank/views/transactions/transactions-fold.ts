import { isNext } from '#server/runtime/views/is-next.ts';
import { fromAccountAggregateId } from '../../domain/account-aggregate-id.ts';
import type { RecordedAccountEvent } from '../../domain/account-events.ts';
import { toMovement } from '../movement.ts';
import type { transactions } from './transactions-table.ts';

export type TransactionsRow = typeof transactions.$inferSelect;

/** What of an account's newest row the next one builds on. */
export type LastTransaction = Pick<TransactionsRow, 'sequence' | 'balanceAfter'>;

/**
 * The rows that an account's events add, in their order; `last` is its newest row before them. The
 * opening (sequence 1) and the closing move no money and leave no row. Events up to `last` add
 * nothing. Throws SEQUENCE_GAP at a gap. Pure.
 */
export function foldTransactions(
  last: LastTransaction | undefined,
  events: readonly RecordedAccountEvent[],
): TransactionsRow[] {
  let { sequence: held, balanceAfter: balance } = last ?? { sequence: 1, balanceAfter: 0n };
  const rows: TransactionsRow[] = [];
  for (const event of events) {
    const movement = toMovement(event);
    if (isNext(held, event) && movement) {
      const { type, amount, currency, description, counterparty } = movement;
      held = event.eventSequence;
      balance += movement.change;
      rows.push({
        accountId: fromAccountAggregateId(event.aggregateId),
        sequence: held,
        eventId: event.eventId,
        type,
        amount,
        balanceAfter: balance,
        currency,
        description,
        counterparty,
        bookedAt: new Date(event.timestamp),
      });
    }
  }
  return rows;
}
