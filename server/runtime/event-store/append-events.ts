import { isDeepStrictEqual } from 'node:util';
import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import {
  cancellationCodes,
  mayHaveBeenCarriedOut,
} from '#server/runtime/platform/dynamo-errors.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';
import type { CommandRecord } from './command-record.ts';
import type { AppendResult } from './event-store.ts';
import { getCommand } from './get-command.ts';
import { getRawItem } from './get-raw-item.ts';
import type { StoredEvent } from './stored-event.ts';
import type { Addition, Transaction } from './transaction.ts';

/** The cancellation reason of an item whose key was not free. */
const TAKEN = 'ConditionalCheckFailed';

/**
 * The store's `append`. One Put per event, each on the condition that its key is free; one condition per
 * aggregate that was only read, that its next key is free; and one Put for the command's record, last.
 * The cancellation reasons stand in this order, and tell a taken sequence (conflict) from a known command
 * (duplicate).
 *
 * When an answer is lost, nobody knows whether the transaction was carried out. It is then sent again:
 * the conditions keep it from happening twice, and finding its own record and events in the store means
 * that the first attempt had come through. `wasUncertain` says that it was sent before, without an answer.
 */
export async function appendEvents(
  dynamo: Dynamo,
  addition: Addition,
  { items }: Transaction,
  wasUncertain = false,
): Promise<AppendResult> {
  const { events, record, unchanged } = addition;
  const aggregates = [...events, ...unchanged];
  let isUncertain = wasUncertain;

  const attempt = async (): Promise<AppendResult> => {
    try {
      await dynamo.client.send(new TransactWriteItemsCommand({ TransactItems: [...items] }));
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
