import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import pLimit from 'p-limit';
import { accountAggregate } from '#server/modules/bank/domain/account-aggregate.ts';
import { toAccountAggregateId } from '#server/modules/bank/domain/account-aggregate-id.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';

/** AWS's limit for one BatchWriteItem. */
const BATCH_SIZE = 25;
const BATCHES_AT_ONCE = 8;

const START = Date.UTC(2025, 0, 1);

/** The id of the synthetic account with this number, from 0 on. */
export function toSyntheticAccount(index: number): string {
  return `S${String(index).padStart(8, '0')}`;
}

/**
 * Event `position` (from 0 on) of a history in which `accounts` accounts take turns: an opening each,
 * then deposits and withdrawals, a second apart. The same every time, and about as large as what the
 * command handler writes.
 */
export function toSyntheticEvent(position: number, accounts: number): StoredEvent {
  const accountId = toSyntheticAccount(position % accounts);
  const eventSequence = Math.floor(position / accounts) + 1;
  const commandId = `00000000-0000-4000-8000-${String(position).padStart(12, '0')}`;
  const isDeposit = eventSequence % 2 === 0;
  const eventType =
    eventSequence === 1 ? 'AccountOpened' : isDeposit ? 'MoneyDeposited' : 'MoneyWithdrawn';
  return {
    aggregateId: toAccountAggregateId(accountId),
    eventSequence,
    eventId: `10000000-0000-4000-8000-${String(position).padStart(12, '0')}`,
    eventType,
    eventData:
      eventSequence === 1
        ? {
            owner: `Owner of ${accountId}`,
            number: accountId,
            currency: 'EUR',
            overdraftLimit: '100000000',
          }
        : {
            amount: String(100 + (position % 9_900)),
            currency: 'EUR',
            description: 'Card payment',
          },
    correlationId: commandId,
    causationId: commandId,
    timestamp: new Date(START + position * 1_000).toISOString(),
    version: accountAggregate.events[eventType].schemaVersion,
    metadata: { actor: 'bench', commandId, commandType: isDeposit ? 'Deposit' : 'Withdraw' },
  };
}

/** The events `from` to `to` (not included) of such a history. */
export function toSyntheticEvents(
  { from, to }: { readonly from: number; readonly to: number },
  accounts: number,
): StoredEvent[] {
  return Array.from({ length: to - from }, (_, index) => toSyntheticEvent(from + index, accounts));
}

/**
 * Puts the events `from` (0 unless told) to `events` of such a history into the events table, and so
 * into its stream.
 */
export async function writeSyntheticEvents(
  { documents, tables }: Dynamo,
  {
    from = 0,
    events,
    accounts,
  }: { readonly from?: number; readonly events: number; readonly accounts: number },
): Promise<void> {
  const atOnce = pLimit(BATCHES_AT_ONCE);
  const write = (first: number) => {
    const range = { from: first, to: Math.min(events, first + BATCH_SIZE) };
    const puts = toSyntheticEvents(range, accounts).map((Item) => ({ PutRequest: { Item } }));
    return documents.send(new BatchWriteCommand({ RequestItems: { [tables.events]: puts } }));
  };
  const batches = Math.ceil((events - from) / BATCH_SIZE);
  await atOnce.map(Array.from({ length: batches }).keys(), (batch) =>
    write(from + batch * BATCH_SIZE),
  );
}
