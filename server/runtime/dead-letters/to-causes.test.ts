import { expect, it } from 'vitest';
import { toCauses, toEventTroubles } from './to-causes.ts';
import type { Trouble } from './trouble.ts';

const trouble = (more: Partial<Trouble>): Trouble => ({
  view: 'accounts',
  aggregateId: 'account#A',
  eventSequence: 3,
  eventId: 'e3',
  eventType: 'Frozen',
  category: 'unknown-type',
  error: 'Event account#A/3 (Frozen, version 1) cannot be read: its type is unknown.',
  errorGroup: 'Event … (Frozen, version #) cannot be read: its type is unknown.',
  skipped: null,
  ...more,
});
const skipped = { by: 'olga', at: '2026-11-26T12:00:00.000Z', reason: 'Ticket 7' };

it('makes one cause of one event, in however many views and words', () => {
  const views = ['accounts', 'transactions', 'account-balances'];
  const letters = views.map((view, n) => trouble({ view, errorGroup: `Words ${n}` }));
  expect(toCauses(letters)).toMatchObject([
    {
      kind: 'waits',
      count: 1,
      events: [
        {
          aggregateId: 'account#A',
          eventSequence: 3,
          eventId: 'e3',
          waitsIn: views,
          skippedIn: [],
        },
      ],
    },
  ]);
});

it('makes one cause of many events with one mistake, and names the first of them', () => {
  const letters = Array.from({ length: 70 }, (_, n) =>
    trouble({ aggregateId: `account#A${n}`, eventSequence: n + 1 }),
  );
  const [cause, ...others] = toCauses(letters);
  expect(others).toEqual([]);
  expect(cause).toMatchObject({ count: 70, events: { length: 50 } });
});

it('tells what was skipped from what waits, and which comes first', () => {
  const letters = [
    trouble({ skipped }),
    trouble({ view: 'transactions', skipped: { ...skipped, at: '2026-11-27', by: 'bo' } }),
    trouble({ aggregateId: 'account#B' }),
  ];
  expect(toCauses(letters)).toMatchObject([
    { kind: 'waits', events: [{ aggregateId: 'account#B', skipped: null }] },
    {
      kind: 'skipped',
      events: [
        {
          aggregateId: 'account#A',
          waitsIn: [],
          skippedIn: ['accounts', 'transactions'],
          skipped: { by: 'bo' },
        },
      ],
    },
  ]);
});

it('knows what a skip does not mend', () => {
  const letters = [
    trouble({ eventSequence: 9, category: 'handler' }),
    trouble({ eventSequence: 4, category: 'gap' }),
  ];
  expect(toEventTroubles(letters)).toMatchObject([
    { eventSequence: 4, isUnfoldable: true },
    { eventSequence: 9, isUnfoldable: false },
  ]);
});
