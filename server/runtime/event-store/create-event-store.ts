import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Aggregates } from './aggregate.ts';
import { appendEvents } from './append-events.ts';
import { createAppendTogether } from './append-together.ts';
import { createArchivedEvents, type ReadArchive } from './archived-events.ts';
import { toDeliveredEvent } from './delivered-event.ts';
import { createEventCodec } from './event-codec.ts';
import type { EventStore } from './event-store.ts';
import { getCommand } from './get-command.ts';
import { getNewestSequence } from './get-newest-sequence.ts';
import { getRawItem } from './get-raw-item.ts';
import { loadState, loadStateAt, type OnSnapshotError, requireAggregate } from './load-state.ts';
import { readBackwards, readEvents } from './read-events.ts';
import { scanEvents } from './scan-events.ts';
import { saveSnapshots } from './snapshots.ts';
import { parseStoredEvent } from './stored-event.ts';
import { type Addition, type Transaction, toTransaction } from './transaction.ts';

type EventStoreOptions = {
  /** For how long a command id is remembered, in days. */
  readonly commandRetentionDays?: number;
  /** Snapshots that loading cannot write are no failure of the load; here they can be logged. */
  readonly onSnapshotError?: OnSnapshotError;
  /** Appends that wait at the same time go in one transaction: for many commands that nobody waits for. */
  readonly appendsTogether?: boolean;
  /** Reads events that were taken out of the events table. */
  readonly readArchive?: ReadArchive | undefined;
};

/** The event store of these aggregates on DynamoDB. It holds no state of its own: one a process, or many, is the same. */
export function createEventStore(
  dynamo: Dynamo,
  aggregates: Aggregates,
  {
    commandRetentionDays = 90,
    onSnapshotError = () => {},
    appendsTogether = false,
    readArchive,
  }: EventStoreOptions = {},
): EventStore {
  const codec = createEventCodec(aggregates);
  const archived = createArchivedEvents(dynamo, readArchive);
  const deps = { dynamo, archived, aggregates, codec, onSnapshotError };
  const append = appendsTogether
    ? createAppendTogether(dynamo)
    : (addition: Addition, transaction: Transaction) => appendEvents(dynamo, addition, transaction);
  return {
    aggregates,
    ...codec,
    append: async (events, record, unchanged = []) => {
      const addition = { events, record, unchanged };
      return append(addition, toTransaction(dynamo, addition, commandRetentionDays));
    },
    getCommand: (commandId) => getCommand(dynamo, commandId),
    load: (aggregateId, known) => loadState(deps, aggregateId, known),
    loadAt: (aggregateId, sequence) => loadStateAt(deps, aggregateId, sequence),
    saveSnapshots: (aggregateId, states) =>
      saveSnapshots(dynamo, requireAggregate(aggregates, aggregateId), aggregateId, states),
    read: (aggregateId, range) => readEvents(deps, aggregateId, range),
    readBackwards: (aggregateId, options) => readBackwards(deps, aggregateId, options),
    getNewestSequence: (aggregateId) => getNewestSequence(dynamo, aggregateId),
    getRawItem: async (aggregateId, sequence) =>
      (await getRawItem(dynamo, aggregateId, sequence)) ??
      (typeof sequence === 'number'
        ? (await archived.read(aggregateId, { from: sequence, to: sequence }))[0]
        : undefined),
    scan: (options) => scanEvents(dynamo, parseStoredEvent, options?.segments),
    scanDelivered: (options) => scanEvents(dynamo, toDeliveredEvent, options?.segments),
  };
}
