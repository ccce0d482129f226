import type { Dynamo } from '#server/platform/dynamo.ts';
import { appendEvents } from './append-events.ts';
import { toDeliveredEvent } from './delivered-event.ts';
import type { EventStore } from './event-store.ts';
import { getCommand } from './get-command.ts';
import { getNewestSequence } from './get-newest-sequence.ts';
import { getRawItem } from './get-raw-item.ts';
import { loadState, loadStateAt, type OnSnapshotError } from './load-state.ts';
import { readBackwards, readEvents } from './read-events.ts';
import { scanEvents } from './scan-events.ts';
import { saveSnapshots } from './snapshots.ts';
import { parseStoredEvent } from './stored-event.ts';

type EventStoreOptions = {
  /** For how long a command id is remembered, in days. */
  readonly commandRetentionDays?: number;
  /** Snapshots that loading cannot write are no failure of the load; here they can be logged. */
  readonly onSnapshotError?: OnSnapshotError;
};

/** The event store on DynamoDB. It holds no state of its own: one a process, or many, is the same. */
export function createEventStore(
  dynamo: Dynamo,
  { commandRetentionDays = 90, onSnapshotError = () => {} }: EventStoreOptions = {},
): EventStore {
  return {
    append: (events, record, unchanged = []) =>
      appendEvents(dynamo, { events, record, unchanged }, commandRetentionDays),
    getCommand: (commandId) => getCommand(dynamo, commandId),
    load: (aggregateId, known) => loadState(dynamo, aggregateId, known, onSnapshotError),
    loadAt: (aggregateId, sequence) => loadStateAt(dynamo, aggregateId, sequence, onSnapshotError),
    saveSnapshots: (aggregateId, states) => saveSnapshots(dynamo, aggregateId, states),
    read: (aggregateId, range) => readEvents(dynamo, aggregateId, range),
    readBackwards: (aggregateId, options) => readBackwards(dynamo, aggregateId, options),
    getNewestSequence: (aggregateId) => getNewestSequence(dynamo, aggregateId),
    getRawItem: (aggregateId, sequence) => getRawItem(dynamo, aggregateId, sequence),
    scan: (options) => scanEvents(dynamo, parseStoredEvent, options?.segments),
    scanDelivered: (options) => scanEvents(dynamo, toDeliveredEvent, options?.segments),
  };
}
