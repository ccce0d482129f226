import { z } from 'zod';
import { isNext } from '#server/runtime/views/is-next.ts';
import { fromAccountAggregateId } from '../../domain/account-aggregate-id.ts';
import type { RecordedAccountEvent } from '../../domain/account-events.ts';
import { toMovement } from '../movement.ts';

/** So many of an account's newest transactions are kept. */
export const RECENT_TRANSACTIONS = 20;

const minorUnits = z.string().regex(/^-?\d+$/);

/** As it is stored; the API's contract may grow by itself. */
const transactionSchema = z.object({
  eventId: z.string(),
  sequence: z.number().int().positive(),
  type: z.enum(['deposit', 'withdrawal', 'transfer-in', 'transfer-out']),
  amount: minorUnits,
  balanceAfter: minorUnits,
  currency: z.string(),
  description: z.string().nullable(),
  counterparty: z.string().nullable(),
  bookedAt: z.string(),
});

/** What the hot view recent-transactions holds of an account. Amounts are minor units as text. */
export const recentTransactionsSchema = z.object({
  accountId: z.string(),
  currency: z.string(),
  balance: minorUnits,
  /** Newest first. */
  transactions: z.array(transactionSchema).max(RECENT_TRANSACTIONS),
  /** The account's events up to this one are in the item. */
  sequence: z.number().int().positive(),
  /** The id of that event. */
  eventId: z.string(),
  /** When the item was last rebuilt from the event store. */
  rebuiltAt: z.string().optional(),
});

export type RecentTransactions = z.infer<typeof recentTransactionsSchema>;

/**
 * The item after more of the account's events, in order; those that it holds already change
 * nothing. Undefined without any event. Throws SEQUENCE_GAP at a gap. Pure.
 */
export function foldRecentTransactions(
  held: RecentTransactions | undefined,
  events: readonly RecordedAccountEvent[],
): RecentTransactions | undefined {
  return events.reduce(
    (item, event) => (isNext(item?.sequence ?? 0, event) ? next(item, event) : item),
    held,
  );
}

function next(
  item: RecentTransactions | undefined,
  event: RecordedAccountEvent,
): RecentTransactions {
  const { eventSequence: sequence, eventId } = event;
  if (event.eventType === 'AccountOpened') {
    const accountId = fromAccountAggregateId(event.aggregateId);
    const { currency } = event.eventData;
    return { accountId, currency, balance: '0', transactions: [], sequence, eventId };
  }
  if (item === undefined) {
    throw new Error(`${event.aggregateId} does not begin with its opening.`);
  }
  const movement = toMovement(event);
  if (movement === undefined) {
    return { ...item, sequence, eventId };
  }
  const { type, amount, change, currency, description, counterparty } = movement;
  const balance = (BigInt(item.balance) + change).toString();
  const transaction: RecentTransactions['transactions'][number] = {
    eventId,
    sequence,
    type,
    amount: amount.toString(),
    balanceAfter: balance,
    currency,
    description,
    counterparty,
    bookedAt: event.timestamp,
  };
  const older = item.transactions.slice(0, RECENT_TRANSACTIONS - 1);
  return { ...item, balance, sequence, eventId, transactions: [transaction, ...older] };
}
