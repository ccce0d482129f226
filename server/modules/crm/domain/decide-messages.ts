import { isOfType } from '#lib/aggregate-id.ts';
import { toEventTime } from '#lib/event-time.ts';
import { CRM_ENTITIES } from '#lib/modules/crm/entities.ts';
import type { Accepted } from '#server/runtime/commands/decision.ts';
import type { DomainEvent } from '#server/runtime/event-store/recorded-event.ts';
import { toPosition } from './change-header.ts';
import { type MessageState, toMessageAggregateId } from './message-aggregate.ts';
import { type Change, type ReadMessage, readMessage } from './read-message.ts';
import type { RecordState } from './record-state.ts';

/** Messages of one batch, and the door that they came by. */
export type Batch = { readonly messages: readonly string[]; readonly source: string };

/** What a decision stands on: the present, and what there is of a record or a message, by aggregate id. */
export type Known = {
  readonly at: string;
  readonly recordOf: (aggregateId: string) => RecordState;
  readonly messageOf: (aggregateId: string) => MessageState;
};

/** The aggregates that a message is about: its records, or the message itself where it is no change. */
export function aggregatesOf(message: string): readonly string[] {
  const read = readMessage(message);
  return read.kind === 'change' ? read.aggregateIds : [toMessageAggregateId(message)];
}

/**
 * Keeps what came, in one transaction: a change as an event of each record that it is about, anything else as
 * a refused message with its text. A change that a record has already, by its place among all changes, is
 * dropped; one that is older than others is kept like the rest (evolveRecord gives it its place). Pure.
 */
export function decideMessages({ messages, source }: Batch, known: Known): Accepted {
  const events = new Map<string, DomainEvent[]>();
  const seen = new Set<string>();
  let timestamp = known.at;
  const add = (aggregateId: string, event: DomainEvent, lastEventAt: string) => {
    events.set(aggregateId, [...(events.get(aggregateId) ?? []), event]);
    timestamp = toEventTime(timestamp, lastEventAt);
  };
  for (const message of messages) {
    const read = readMessage(message);
    for (const [aggregateId, isKnown, lastEventAt] of targetsOf(read, message, known)) {
      const key = `${aggregateId} ${read.kind === 'change' ? toPosition(read.change.header) : ''}`;
      if (!isKnown && !seen.has(key)) {
        seen.add(key);
        add(aggregateId, toEvent(aggregateId, read, message, source), lastEventAt);
      }
    }
  }
  return { kind: 'accepted', timestamp, events };
}

/** The aggregates of a message, whether each has it already, and when its last event was. */
function targetsOf(
  read: ReadMessage,
  message: string,
  { recordOf, messageOf }: Known,
): (readonly [aggregateId: string, isKnown: boolean, lastEventAt: string])[] {
  if (read.kind === 'malformed') {
    const id = toMessageAggregateId(message);
    const { status, lastEventAt } = messageOf(id);
    return [[id, status === 'refused', lastEventAt]];
  }
  const position = toPosition(read.change.header);
  return read.aggregateIds.map((id) => {
    const { held, lastEventAt } = recordOf(id);
    return [id, held.positions.includes(position), lastEventAt];
  });
}

function toEvent(
  aggregateId: string,
  read: ReadMessage,
  message: string,
  source: string,
): DomainEvent {
  return read.kind === 'malformed'
    ? { eventType: 'CrmMessageRefused', eventData: { message, reason: read.reason, source } }
    : {
        eventType: `Crm${entityNameOf(aggregateId)}Changed`,
        eventData: toData(read.change, message),
      };
}

function toData({ header, replayId }: Change, message: string) {
  const { changeType, commitNumber, sequenceNumber, commitTimestamp, changeOrigin } = header;
  return {
    message,
    changeType,
    commitNumber,
    sequenceNumber,
    committedAt: new Date(commitTimestamp).toISOString(),
    ...(changeOrigin ? { changeOrigin } : {}),
    ...(replayId === null ? {} : { replayId }),
  };
}

/** What Salesforce calls the kind of record that an aggregate is of. */
function entityNameOf(aggregateId: string): string {
  return `${CRM_ENTITIES.find(({ aggregateType }) => isOfType(aggregateType, aggregateId))?.entityName}`;
}
