import { isDeepStrictEqual } from 'node:util';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { cancellationCodes, mayHaveBeenCarriedOut } from '#server/platform/dynamo-errors.ts';
import { retryDynamo } from '#server/platform/retry-dynamo.ts';
import type { CommandRecord } from './command-record.ts';
import type { AggregateVersion, AppendResult } from './event-store.ts';
import { getCommand } from './get-command.ts';
import { getRawItem } from './get-raw-item.ts';
import { itemSize } from './item-size.ts';
import type { StoredEvent } from './stored-event.ts';

/** What AWS takes in one transaction: items, bytes of one item, bytes of all. */
const MAX_ITEMS = 100;
const MAX_ITEM_BYTES = 400 * 1024;
const MAX_TRANSACTION_BYTES = 4 * 1024 * 1024;

/** The cancellation reason of an item whose key was not free. */
const TAKEN = 'ConditionalCheckFailed';

type Addition<Record = CommandRecord> = {
  readonly events: readonly StoredEvent[];
  readonly record: Record;
  readonly unchanged: readonly AggregateVersion[];
};

/**
 * The store's `append`. One Put per event, each on the condition that its key is free; one condition per
 * aggregate that was only read, that its next key is free; and one Put for the command's record, last.
 * The cancellation reasons stand in this order, and tell a taken sequence (conflict) from a known command
 * (duplicate).
 *
 * When an answer is lost, nobody knows whether the transaction was carried out. It is then sent again:
 * the conditions keep it from happening twice, and finding its own record and events in the store means
 * that the first attempt had come through.
 */
export async function appendEvents(
  dynamo: Dynamo,
  { events, record, unchanged }: Addition,
  retentionDays: number,
): Promise<AppendResult> {
  if (!isConsecutive(events)) {
    throw new Error(`The events of command ${record.commandId} are not consecutive.`);
  }
  // Where this clock is behind, the events say how late it is at least.
  const times = [record.acceptedAt, ...events.map(({ timestamp }) => timestamp)].map(Date.parse);
  const expiresAt = Math.ceil(Math.max(...times) / 1_000) + retentionDays * 86_400;
  const input = toTransaction(dynamo, { events, record: { ...record, expiresAt }, unchanged });
  const aggregates = [...events, ...unchanged];
  let isUncertain = false;

  const attempt = async (): Promise<AppendResult> => {
    try {
      await dynamo.documents.send(new TransactWriteCommand(input));
      return { kind: 'appended' };
    } catch (error) {
      isUncertain ||= mayHaveBeenCarriedOut(error);
      const codes = cancellationCodes(error);
      if (!codes?.includes(TAKEN)) {
        throw error;
      }
      return (await findFirstRun(codes)) ?? toConflict(codes) ?? attempt();
    }
  };

  const findFirstRun = async (codes: readonly string[]): Promise<AppendResult | undefined> => {
    if (!isUncertain && codes[aggregates.length] !== TAKEN) {
      return undefined;
    }
    const known = await getCommand(dynamo, record.commandId);
    if (known === undefined) {
      return undefined;
    }
    const isOwn = isUncertain && (await isInStore(dynamo, events, record, known));
    return isOwn ? { kind: 'appended' } : { kind: 'duplicate', record: known };
  };

  /** Undefined where only the record was taken, and has expired since. */
  const toConflict = (codes: readonly string[]): AppendResult | undefined => {
    const taken = aggregates[codes.indexOf(TAKEN)];
    return taken && { kind: 'conflict', aggregateId: taken.aggregateId };
  };

  try {
    return await retryDynamo(attempt);
  } catch (error) {
    throw isUncertain ? unconfirmed(error) : error;
  }
}

function toTransaction(
  { tables }: Dynamo,
  { events, record, unchanged }: Addition<CommandRecord & { readonly expiresAt: number }>,
): TransactWriteCommandInput {
  if (events.length + unchanged.length + 1 > MAX_ITEMS) {
    const sentence =
      `A command can have at most ${MAX_ITEMS - 1} events and aggregates that it only reads; ` +
      `this one has ${events.length} events and reads ${unchanged.length} aggregates.`;
    throw new PlayheadError('TOO_MANY_EVENTS', sentence);
  }
  const sizes = [...events, record].map(itemSize);
  const largest = Math.max(...sizes);
  if (largest > MAX_ITEM_BYTES) {
    throw tooLarge('An event or a command record', largest, MAX_ITEM_BYTES);
  }
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total > MAX_TRANSACTION_BYTES) {
    throw tooLarge('All that one command writes', total, MAX_TRANSACTION_BYTES);
  }
  const put = (TableName: string, key: string, Item: Record<string, unknown>) => ({
    Put: { TableName, Item, ConditionExpression: `attribute_not_exists(${key})` },
  });
  const isNewest = ({ aggregateId, version }: AggregateVersion) => ({
    ConditionCheck: {
      TableName: tables.events,
      Key: { aggregateId, eventSequence: version + 1 },
      ConditionExpression: 'attribute_not_exists(aggregateId)',
    },
  });
  return {
    TransactItems: [
      ...events.map((event) => put(tables.events, 'aggregateId', event)),
      ...unchanged.map(isNewest),
      put(tables.commands, 'commandId', record),
    ],
  };
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

/** Whether a record that was found is this attempt's own: by its first event's id, or as a whole. */
async function isInStore(
  dynamo: Dynamo,
  [first]: readonly StoredEvent[],
  record: CommandRecord,
  known: CommandRecord,
): Promise<boolean> {
  if (first === undefined) {
    return isDeepStrictEqual(known, record);
  }
  const item = await getRawItem(dynamo, first.aggregateId, first.eventSequence);
  return item?.eventId === first.eventId;
}

function unconfirmed(cause: unknown): PlayheadError {
  return new PlayheadError(
    'DYNAMODB_UNAVAILABLE',
    'DynamoDB did not confirm the command, which may have been carried out. Send it again with the ' +
      'same command id: it is never carried out twice.',
    { cause },
  );
}
