import { NumberValue } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import type { ExactNumber } from '#server/runtime/platform/exact-number.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { toStoredEvent } from '#server/testing/event-codec.ts';
import { isBroken, toDeliveredEvent } from './delivered-event.ts';
import { parseMalformedItemId } from './malformed-item-id.ts';
import { readDelivered } from './read-delivered.ts';
import { parseStoredEvent } from './stored-event.ts';

const history = toSimpleHistory('A', 40).map(toStoredEvent);

/** A store of these items, broken ones and all. */
function storeOf(items: readonly Record<string, unknown>[]) {
  return {
    read: async (_: string, { from = 1, to = Infinity } = {}) =>
      items
        .filter(({ eventSequence }) => Number(eventSequence) >= from && Number(eventSequence) <= to)
        .map(parseStoredEvent),
    getRawItem: async (_: string, sequence: ExactNumber) =>
      items.find(({ eventSequence }) => eventSequence === sequence),
  };
}

async function read(
  items: readonly Record<string, unknown>[],
  range: { from: number; to: number },
  areKnown = false,
) {
  const events = await readDelivered(storeOf(items), 'account#A', range, { areKnown });
  return events.map((event) =>
    isBroken(event) ? `${event.eventSequence}: ${event.problem.message}` : event.eventSequence,
  );
}

const without = (sequence: number) =>
  history.filter(({ eventSequence }) => eventSequence !== sequence);
const broken = (sequence: number) =>
  history.map((event) =>
    event.eventSequence === sequence ? { ...event, metadata: 'none' } : event,
  );
const upTo = (last: number, from = 1) =>
  Array.from({ length: last - from + 1 }, (_, i) => from + i);

describe('readDelivered', () => {
  it('reads what is there', async () => {
    expect(await read(history, { from: 3, to: 9 })).toEqual(upTo(9, 3));
    expect(await read(history, { from: 38, to: 50 })).toEqual([38, 39, 40]);
    expect(await read(history, { from: 41, to: 50 })).toEqual([]);
  });

  it.each([1, 2, 17, 32, 33, 40])('stops at item %i, which is no event', async (sequence) => {
    expect(await read(broken(sequence), { from: 1, to: 60 })).toEqual([
      ...upTo(sequence - 1),
      `${sequence}: The item account#A/${sequence} is not an event: metadata: Invalid input: ` +
        'expected object, received string',
    ]);
  });

  it.each([1, 17, 39])('stops where event %i is missing', async (sequence) => {
    expect(await read(without(sequence), { from: 1, to: 60 })).toEqual([
      ...upTo(sequence - 1),
      expect.stringContaining(`has no event ${sequence} of account#A`),
    ]);
  });

  it('knows that the last one is missing when it is said to be there', async () => {
    const range = { from: 38, to: 41 };
    expect(await read(history, range)).toEqual([38, 39, 40]);
    expect(await read(history, range, true)).toEqual([
      38,
      39,
      40,
      expect.stringContaining('no event 41'),
    ]);
  });
});

describe('toDeliveredEvent', () => {
  it('keeps an item that is no event as it is, and what can be known of it', () => {
    const item = {
      aggregateId: 'account#A',
      eventSequence: 3,
      eventType: 'MoneyDeposited',
      tags: new Set(['a']),
      bytes: new Uint8Array([1, 2]),
    };
    const event = toDeliveredEvent(item);
    expect(event).toMatchObject({
      aggregateId: 'account#A',
      eventSequence: 3,
      eventId: null,
      eventType: 'MoneyDeposited',
      timestamp: '',
      problem: { code: 'EVENT_UNREADABLE' },
    });
    expect(isBroken(event) && JSON.parse(event.rawItem ?? '')).toMatchObject({
      tags: ['a'],
      bytes: 'AQI=',
    });
  });

  it.each([
    ['foreign#a/0', { aggregateId: 'a', eventSequence: 0 }],
    ['foreign#a/-1.5', { aggregateId: 'a', eventSequence: -1.5 }],
    ['foreign#a/3000000000', { aggregateId: 'a', eventSequence: 3_000_000_000 }],
    ['foreign#9 %2500%00/1', { aggregateId: '9 %00\0', eventSequence: 1 }],
    [
      'foreign#a/b/12345678901234567890',
      { aggregateId: 'a/b', eventSequence: NumberValue.from('12345678901234567890') },
    ],
  ])('calls %s what has no place in a history, and finds it again', (aggregateId, key) => {
    const event = toDeliveredEvent(key);
    expect(event).toMatchObject({ aggregateId, eventSequence: 1, problem: expect.any(Error) });
    expect(parseMalformedItemId(aggregateId)).toEqual(key);
  });

  it.each([{}, { aggregateId: 'a' }, { eventSequence: 1 }])(
    'refuses %j, which has no key',
    (item) => {
      expect(() => toDeliveredEvent(item)).toThrow('is not an event');
    },
  );
});
