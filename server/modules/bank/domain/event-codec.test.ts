import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlayheadError } from '#lib/playhead-error.ts';
import { parseStoredEvent, type StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { toRecordedEvent, toStoredEvent } from '#server/testing/event-codec.ts';
import { deposited, opened, toHistory, toStoredHistory } from '#server/testing/sample-events.ts';
import type { AccountEvent } from './account-events.ts';

const text = fc.string({ maxLength: 40 });
const optionalText = fc.option(text, { nil: undefined });
const amount = fc.bigInt({ min: 1n, max: 10n ** 18n });
const currency = fc.constantFrom('JPY', 'EUR', 'KWD');
const moved = fc.record({
  amount,
  currency,
  description: optionalText,
  counterparty: optionalText,
});
const leg = fc.record({
  transferId: text,
  counterparty: text,
  amount,
  currency,
  description: optionalText,
});
const anyEvent: fc.Arbitrary<AccountEvent> = fc.oneof(
  fc.record({
    eventType: fc.constant('AccountOpened' as const),
    eventData: fc.record({
      owner: text,
      number: text,
      currency,
      overdraftLimit: fc.bigInt({ min: 0n, max: 10n ** 17n }),
    }),
  }),
  fc.record({
    eventType: fc.constantFrom('MoneyDeposited' as const, 'MoneyWithdrawn' as const),
    eventData: moved,
  }),
  fc.record({
    eventType: fc.constantFrom('TransferSent' as const, 'TransferReceived' as const),
    eventData: leg,
  }),
  fc.record({
    eventType: fc.constant('AccountClosed' as const),
    eventData: fc.record({ reason: optionalText }),
  }),
);

function stored(changes: Partial<StoredEvent> = {}): StoredEvent {
  const [event] = toStoredHistory('A-1', [deposited(5n)], 7);
  if (event === undefined) {
    throw new Error('no event');
  }
  return { ...event, ...changes };
}

describe('codec', () => {
  it('reads back every event that it wrote', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const [recorded] = toHistory('A-1', [event]);
        if (recorded === undefined) {
          throw new Error('no event');
        }
        const written = toStoredEvent(recorded);
        // As DynamoDB and JSON would hand it back: plain values only.
        const read = parseStoredEvent(JSON.parse(JSON.stringify(written)));
        expect(toRecordedEvent(read)).toEqual(recorded);
      }),
    );
  });

  it('writes amounts as strings of minor units and leaves out what is undefined', () => {
    const [event] = toStoredHistory('A-1', [opened({ overdraftLimit: 10n ** 17n })]);
    expect(event).toMatchObject({ version: 2, eventData: { overdraftLimit: '1'.padEnd(18, '0') } });
    expect(Object.keys(stored().eventData)).toEqual(['amount', 'currency']);
  });

  describe('AccountOpened version 1', () => {
    const version1 = stored({
      eventType: 'AccountOpened',
      version: 1,
      eventData: { holder: 'Grace', number: 'A-1', currency: 'CZK' },
    });

    it('is read as an account of an owner, without an overdraft', () => {
      expect(toRecordedEvent(version1)).toEqual({
        ...version1,
        eventData: { owner: 'Grace', number: 'A-1', currency: 'CZK', overdraftLimit: 0n },
      });
    });

    it('is written back in the current version', () => {
      expect(toStoredEvent(toRecordedEvent(version1))).toMatchObject({
        version: 2,
        eventData: { owner: 'Grace', overdraftLimit: '0' },
      });
    });

    it.each([{ owner: 'Grace', number: 'A-1', currency: 'CZK' }, { holder: 7 }, {}])(
      'is unreadable as %j',
      (eventData) => expectUnreadable({ ...version1, eventData }, /holder/),
    );
  });

  it.each([
    ['an unknown type', { eventType: 'MoneyBurnt' }, /type is unknown/],
    ['a type of another case', { eventType: 'moneyDeposited' }, /type is unknown/],
    ['a version from the future', { version: 2 }, /reads up to version 1/],
    ['a version far off', { version: 1_000_000 }, /reads up to version 1/],
    ['a number for an amount', { eventData: { amount: 5, currency: 'EUR' } }, /eventData\.amount/],
    ['a fraction', { eventData: { amount: '5.0', currency: 'EUR' } }, /eventData\.amount/],
    ['a negative amount', { eventData: { amount: '-5', currency: 'EUR' } }, /eventData\.amount/],
    ['an amount of zero', { eventData: { amount: '0', currency: 'EUR' } }, /eventData\.amount/],
    ['a missing currency', { eventData: { amount: '5' } }, /eventData\.currency/],
    ['an empty payload', { eventData: {} }, /eventData/],
  ])('finds %s unreadable, and says which event', (_, changes, problem) => {
    expectUnreadable(stored(changes), problem);
  });
});

describe('parseStoredEvent', () => {
  it.each([
    ['no item', undefined, /\(without a key\)/],
    ['a sequence of zero', stored({ eventSequence: 0 }), /account#A-1\/0/],
    [
      'a time without milliseconds',
      stored({ timestamp: '2026-01-01T00:00:00Z' }),
      /account#A-1\/7/,
    ],
    ['no metadata', { ...stored(), metadata: undefined }, /account#A-1\/7.*metadata/],
  ])('refuses %s, naming the item as far as it can', (_, item, sentence) => {
    expect(() => parseStoredEvent(item)).toThrow(sentence);
  });
});

function expectUnreadable(event: StoredEvent, problem: RegExp) {
  try {
    toRecordedEvent(event);
  } catch (error) {
    expect(isPlayheadError(error, 'EVENT_UNREADABLE')).toBe(true);
    expect(String(error)).toContain(`account#A-1/7 (${event.eventType}, version ${event.version})`);
    expect(String(error)).toMatch(problem);
    return;
  }
  expect.fail('The event was read.');
}
