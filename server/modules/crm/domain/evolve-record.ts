import type { JsonValue } from '#lib/modules/crm/json-value.ts';
import { toPosition } from './change-header.ts';
import { currentValueOf, withChange, withDiff, withReading } from './held-field.ts';
import { type Change, readMessage } from './read-message.ts';
import { readRecord } from './read-record.ts';
import type { RecordEvent } from './record-events.ts';
import type { HeldField, RecordState } from './record-state.ts';

type Held = RecordState['held'];

/**
 * A record after one more event. Events may come in any order: of each field the newest change counts, by
 * commit and place in its transaction, or the newest reading where that is newer. So what comes late takes
 * its place in the record's history, and the state is the same as if it had come in time. Throws when the
 * decider cannot have written the event.
 */
export function evolveRecord(
  state: RecordState,
  { eventType, eventData, timestamp }: RecordEvent & { readonly timestamp: string },
): RecordState {
  if ('message' in eventData) {
    const read = readMessage(eventData.message);
    if (read.kind !== 'change') {
      throw new Error(`${eventType} holds no change: ${read.reason}`);
    }
    const { commitTimestamp } = read.change.header;
    return toState(state, withChangeOf(state.held, read.change), commitTimestamp, timestamp);
  }
  const { at, values } = readRecord(eventData);
  return toState(state, withRecord(state.held, values, at), at, timestamp);
}

function withChangeOf(held: Held, { header, fields }: Change): Held {
  const { changeType, commitTimestamp: at } = header;
  const place = { position: toPosition(header), at };
  const after: Record<string, HeldField> = { ...held.fields };
  for (const [name, value] of Object.entries(fields.values)) {
    after[name] = withChange(after[name] ?? {}, place, value);
  }
  for (const [name, diff] of Object.entries(fields.diffs)) {
    after[name] = withDiff(after[name] ?? {}, place, diff);
  }
  const isGap = changeType.startsWith('GAP_') && changeType !== 'GAP_DELETE';
  return {
    ...held,
    fields: after,
    deletion: changeType.endsWith('UPDATE')
      ? held.deletion
      : withChange(
          held.deletion,
          place,
          !changeType.endsWith('CREATE') && !changeType.endsWith('UNDELETE'),
        ),
    gapAt: isGap ? Math.max(held.gapAt, at) : held.gapAt,
    positions: insert(held.positions, place.position),
  };
}

function withRecord(held: Held, values: Readonly<Record<string, JsonValue>>, at: number): Held {
  const { IsDeleted: isDeleted = false, ...others } = values;
  const after: Record<string, HeldField> = { ...held.fields };
  for (const [name, value] of Object.entries(others)) {
    after[name] = withReading(after[name] ?? {}, at, value);
  }
  return {
    ...held,
    fields: after,
    deletion: withReading(held.deletion, at, isDeleted === true || isDeleted === 'true'),
    readAt: Math.max(held.readAt, at),
  };
}

function toState(before: RecordState, held: Held, at: number, timestamp: string): RecordState {
  const values: Record<string, JsonValue> = {};
  let isUnknown = false;
  for (const [name, field] of Object.entries(held.fields)) {
    const value = currentValueOf(field);
    if (value === undefined) {
      isUnknown = true;
    } else {
      values[name] = value;
    }
  }
  return {
    values,
    isDeleted: currentValueOf(held.deletion) === true,
    needsReading: isUnknown || held.gapAt > held.readAt,
    newestAt: Math.max(before.newestAt, at),
    lastEventAt: timestamp,
    held,
  };
}

/** The positions with one more, sorted. Most come last. */
function insert(positions: readonly string[], position: string): string[] {
  const index = positions.findLastIndex((each) => each < position) + 1;
  return positions.toSpliced(index, 0, position);
}
