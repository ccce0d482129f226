import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { toAttributes } from '#server/runtime/platform/to-attributes.ts';
import type { CommandRecord } from './command-record.ts';
import type { AggregateVersion } from './event-store.ts';
import { itemSize } from './item-size.ts';
import type { StoredEvent } from './stored-event.ts';

/** What AWS takes in one transaction: items, bytes of one item, bytes of all. */
export const MAX_ITEMS = 100;
const MAX_ITEM_BYTES = 400 * 1024;
export const MAX_TRANSACTION_BYTES = 4 * 1024 * 1024;

/** What one command adds to the store, and what it stands on. */
export type Addition = {
  readonly events: readonly StoredEvent[];
  readonly record: CommandRecord;
  readonly unchanged: readonly AggregateVersion[];
};

/** The items of a TransactWriteItems, and how many bytes they come to. */
export type Transaction = { readonly items: readonly TransactWriteItem[]; readonly bytes: number };

/**
 * A command's transaction: one Put per event, one condition per aggregate that was only read, and last
 * the Put of its record. Throws TOO_MANY_EVENTS and EVENT_TOO_LARGE for what AWS would not take.
 */
export function toTransaction(
  { tables }: Dynamo,
  { events, record, unchanged }: Addition,
  retentionDays: number,
): Transaction {
  if (!isConsecutive(events)) {
    throw new Error(`The events of command ${record.commandId} are not consecutive.`);
  }
  if (events.length + unchanged.length + 1 > MAX_ITEMS) {
    const sentence =
      `A command can have at most ${MAX_ITEMS - 1} events and aggregates that it only reads; ` +
      `this one has ${events.length} events and reads ${unchanged.length} aggregates.`;
    throw new PlayheadError('TOO_MANY_EVENTS', sentence);
  }
  const kept = { ...record, expiresAt: toExpiry(record, events, retentionDays) };
  const sizes = [...events, kept].map(itemSize);
  const largest = Math.max(...sizes);
  if (largest > MAX_ITEM_BYTES) {
    throw tooLarge('An event or a command record', largest, MAX_ITEM_BYTES);
  }
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes > MAX_TRANSACTION_BYTES) {
    throw tooLarge('All that one command writes', bytes, MAX_TRANSACTION_BYTES);
  }
  const put = (TableName: string, key: string, item: Readonly<Record<string, unknown>>) => ({
    Put: {
      TableName,
      Item: toAttributes(item),
      ConditionExpression: `attribute_not_exists(${key})`,
    },
  });
  const isNewest = ({ aggregateId, version }: AggregateVersion) => ({
    ConditionCheck: {
      TableName: tables.events,
      Key: toAttributes({ aggregateId, eventSequence: version + 1 }),
      ConditionExpression: 'attribute_not_exists(aggregateId)',
    },
  });
  const items = [
    ...events.map((event) => put(tables.events, 'aggregateId', event)),
    ...unchanged.map(isNewest),
    put(tables.commands, 'commandId', kept),
  ];
  return { items, bytes };
}

/** In epoch seconds. Where this clock is behind, the events say how late it is at least. */
function toExpiry(
  { acceptedAt }: CommandRecord,
  events: readonly StoredEvent[],
  retentionDays: number,
): number {
  const times = [acceptedAt, ...events.map(({ timestamp }) => timestamp)].map(Date.parse);
  return Math.ceil(Math.max(...times) / 1_000) + retentionDays * 86_400;
}

function tooLarge(what: string, bytes: number, limit: number): PlayheadError {
  const sentence = `${what} can be at most ${limit} bytes in DynamoDB; here it is ${bytes}.`;
  return new PlayheadError('EVENT_TOO_LARGE', sentence);
}

function isConsecutive(events: readonly StoredEvent[]): boolean {
  const last = new Map<string, number>();
  return events.every(({ aggregateId, eventSequence }) => {
    const before = last.get(aggregateId);
    last.set(aggregateId, eventSequence);
    return before === undefined || eventSequence === before + 1;
  });
}
