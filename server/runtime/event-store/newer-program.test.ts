import { describe, expect, it } from 'vitest';
import { accountAggregate } from '#server/modules/bank/domain/account-aggregate.ts';
import { toRecordedEvent } from '#server/testing/event-codec.ts';
import { stateAfter } from '#server/testing/given.ts';
import {
  commandRecord,
  deposited,
  opened,
  toStoredHistory,
} from '#server/testing/sample-events.ts';
import { commandRecordSchema } from './command-record.ts';
import { toDeliveredEvent } from './delivered-event.ts';
import { parseSnapshot, toSnapshotItem } from './snapshot-codec.ts';
import { parseStoredEvent } from './stored-event.ts';

/** What a newer program adds; an older one reads the rest. */
const later = { aNewField: { list: [1], set: new Set(['a']) } };

describe('what a newer program has written', () => {
  it('is an event all the same, with what this program knows of it', () => {
    const [event] = toStoredHistory('A-1', [deposited(5n)], 7);
    const newer = {
      ...event,
      ...later,
      eventData: { ...event?.eventData, aNewField: ['nested', { as: null }] },
      metadata: { ...event?.metadata, aNewField: 'text' },
    };
    expect(toRecordedEvent(parseStoredEvent(newer))).toMatchObject({
      eventSequence: 7,
      eventData: { amount: 5n, currency: 'EUR' },
      metadata: { actor: 'tester' },
    });
  });

  it('is an event of an unknown type, which only those who fold it cannot read', () => {
    const [event] = toStoredHistory('A-1', [deposited(5n)], 7);
    const newer = { ...event, eventType: 'AccountFrozen', eventData: { until: [2027, 1] } };
    expect(toDeliveredEvent(newer)).toEqual(newer);
  });

  it('is a command’s record', () => {
    const record = commandRecord({ tokens: [{ aggregateId: 'account#A-1', sequence: 2 }] });
    const [token] = record.tokens;
    const newer = { ...record, ...later, tokens: [{ ...token, ...later }] };
    expect(commandRecordSchema.parse(newer)).toEqual(record);
  });

  it('is a snapshot', () => {
    const loaded = { state: stateAfter(opened(), deposited(5n)), version: 2 };
    const item = toSnapshotItem(accountAggregate, 'account#A-1', loaded);
    const newer = { ...item, ...later, state: { ...item.state, ...later } };
    expect(parseSnapshot(accountAggregate, newer)).toEqual(loaded);
  });
});
