import { z } from 'zod';
import { isNext } from '#server/runtime/views/is-next.ts';
import { fromAccountAggregateId } from '../../domain/account-aggregate-id.ts';
import type { RecordedAccountEvent } from '../../domain/account-events.ts';
import { toMovement } from '../movement.ts';

const minorUnits = z.string().regex(/^-?\d+$/);

/** An item of the hot view account-balances. Amounts are minor units as text. */
export const accountBalanceSchema = z.object({
  accountId: z.string(),
  owner: z.string(),
  currency: z.string(),
  balance: minorUnits,
  overdraftLimit: minorUnits,
  status: z.enum(['open', 'closed']),
  /** The timestamp of the event `sequence`. */
  updatedAt: z.string(),
  /** The account's events up to this one are in the item. */
  sequence: z.number().int().positive(),
  /** The id of that event. */
  eventId: z.string(),
  /** When the item was last rebuilt from the event store. */
  rebuiltAt: z.string().optional(),
});

export type AccountBalance = z.infer<typeof accountBalanceSchema>;

/**
 * The item after more of the account's events, in order; those that it holds already change
 * nothing. Undefined without any event. Throws SEQUENCE_GAP at a gap. Pure.
 */
export function foldAccountBalance(
  held: AccountBalance | undefined,
  events: readonly RecordedAccountEvent[],
): AccountBalance | undefined {
  return events.reduce(
    (item, event) => (isNext(item?.sequence ?? 0, event) ? next(item, event) : item),
    held,
  );
}

function next(item: AccountBalance | undefined, event: RecordedAccountEvent): AccountBalance {
  const { timestamp: updatedAt, eventSequence: sequence, eventId } = event;
  const moved = { updatedAt, sequence, eventId };
  if (event.eventType === 'AccountOpened') {
    const { owner, currency, overdraftLimit } = event.eventData;
    return {
      accountId: fromAccountAggregateId(event.aggregateId),
      owner,
      currency,
      balance: '0',
      overdraftLimit: overdraftLimit.toString(),
      status: 'open',
      ...moved,
    };
  }
  if (item === undefined) {
    throw new Error(`${event.aggregateId} does not begin with its opening.`);
  }
  const change = toMovement(event)?.change ?? 0n;
  return {
    ...item,
    balance: (BigInt(item.balance) + change).toString(),
    status: event.eventType === 'AccountClosed' ? 'closed' : item.status,
    ...moved,
  };
}
