import { expect, test } from 'vitest';
import type { EventItem } from '#lib/contracts/queries.ts';
import { createFollower } from './follow-aggregate.ts';

function event(accountId: string, position: number, eventSequence: number): EventItem {
  return {
    position,
    eventId: `e${position}`,
    aggregateId: `account#${accountId}`,
    eventSequence,
    eventType: 'MoneyDeposited',
    eventData: {},
    correlationId: 'c',
    causationId: 'c',
    timestamp: '2026-11-03T10:00:00.000Z',
    version: 1,
    metadata: { actor: 'a', commandId: 'c', commandType: 'Deposit' },
  };
}

function setUp() {
  const moved: string[] = [];
  const sequences: number[] = [];
  const follower = createFollower('account#A', ['accounts', 'account-summaries', 'transactions'], {
    moved: (source) => moved.push(source),
    onSequence: (sequence) => sequences.push(sequence),
  });
  return { ...follower, moved, sequences };
}

test('another account’s events move nothing', () => {
  const { receive, moved, sequences } = setUp();
  receive({ type: 'events', head: 8, items: [event('B', 8, 3)], skipped: 0 });
  receive({ type: 'projection', name: 'accounts', position: 8 });
  expect(moved).toEqual([]);
  expect(sequences).toEqual([]);
});

test('a projection moves once it has come to its event, and once only', () => {
  const { receive, moved, sequences } = setUp();
  receive({ type: 'events', head: 9, items: [event('A', 8, 3), event('B', 9, 1)], skipped: 0 });
  expect(moved).toEqual(['event-store', 'hot-views']);
  expect(sequences).toEqual([3]);
  receive({ type: 'projection', name: 'accounts', position: 7 });
  receive({ type: 'projection', name: 'daily-balances', position: 9 });
  receive({ type: 'projection', name: 'accounts', position: 8 });
  receive({ type: 'projection', name: 'accounts', position: 9 });
  expect(moved.slice(2)).toEqual(['accounts']);
});

test('a projection’s word may come before the event’s', () => {
  const { receive, moved } = setUp();
  receive({ type: 'projection', name: 'transactions', position: 8 });
  receive({ type: 'events', head: 8, items: [event('A', 8, 3)], skipped: 0 });
  expect(moved).toContain('transactions');
  expect(moved).not.toContain('accounts');
});

test('a burst with events left out counts up to its head', () => {
  const { receive, moved } = setUp();
  receive({ type: 'events', head: 5_000, items: [event('B', 10, 1)], skipped: 4_000 });
  receive({ type: 'projection', name: 'accounts', position: 10 });
  expect(moved).not.toContain('accounts');
  receive({ type: 'projection', name: 'accounts', position: 5_000 });
  expect(moved).toContain('accounts');
});

test('what came between the page’s reading and the stream’s beginning was told to nobody, and counts', () => {
  const { receive, moved, sequences } = setUp();
  receive({ type: 'events', head: 8, items: [], skipped: 0 });
  receive({ type: 'projection', name: 'accounts', position: 7 });
  expect(moved).toEqual(['event-store', 'hot-views']);
  receive({ type: 'projection', name: 'accounts', position: 8 });
  expect(moved.slice(2)).toEqual(['accounts']);
  expect(sequences).toEqual([]);
});
