import { describe, expect, it } from 'vitest';
import type { EventItem } from '#lib/contracts/queries.ts';
import { NO_FILTERS } from './event-filters.ts';
import { addWaiting, NOTHING_READ, type Waiting } from './waiting-events.ts';

function item(position: number, more: Partial<EventItem> = {}): EventItem {
  return {
    position,
    eventId: `e${position}`,
    aggregateId: 'account#CZ1',
    eventSequence: position,
    eventType: 'MoneyDeposited',
    eventData: {},
    correlationId: 'c1',
    causationId: 'k1',
    timestamp: '2026-11-21T00:00:00.000Z',
    version: 1,
    metadata: { actor: 'operator', commandId: 'k1', commandType: 'Deposit' },
    ...more,
  };
}

function message(head: number, items: EventItem[], skipped = 0) {
  return { type: 'events' as const, head, items, skipped };
}

describe('without a filter', () => {
  it('counts by position, also what was left out of a burst', () => {
    const waiting = addWaiting({ count: 0, head: 10 }, message(150, [item(150)], 139), NO_FILTERS);
    expect(waiting).toEqual({ count: 140, head: 150 });
    expect(addWaiting(waiting, message(152, [item(151), item(152)]), NO_FILTERS)).toEqual({
      count: 142,
      head: 152,
    });
  });

  it('leaves out what the feed shows already', () => {
    const waiting = { count: 0, head: 10 };
    expect(addWaiting(waiting, message(10, [item(10)]), NO_FILTERS)).toBe(waiting);
  });
});

describe('with a filter', () => {
  it('counts what matches', () => {
    const filters = { ...NO_FILTERS, type: ['MoneyDeposited'], aggregate: 'account#CZ1' };
    const news = message(13, [
      item(11),
      item(12, { eventType: 'AccountClosed' }),
      item(13, { aggregateId: 'account#CZ2' }),
    ]);
    expect(addWaiting({ count: 0, head: 10 }, news, filters)).toEqual({ count: 1, head: 13 });
  });

  it('counts only while what arrives is within the time that is shown', () => {
    const to = { ...NO_FILTERS, to: '2026-11-27T10:00Z' };
    const count = (now: string) =>
      addWaiting({ count: 0, head: 10 }, message(11, [item(11)]), to, Date.parse(now)).count;
    expect(count('2026-11-27T09:59:00Z')).toBe(1);
    expect(count('2026-11-27T10:00:00Z')).toBe(0);
  });

  it('does not count what only the server can know', () => {
    const search = { ...NO_FILTERS, q: 'rent' };
    expect(addWaiting({ count: 0, head: 10 }, message(11, [item(11)]), search).count).toBeNull();
    const type = { ...NO_FILTERS, type: ['AccountClosed'] };
    expect(
      addWaiting({ count: 0, head: 10 }, message(900, [item(900)], 889), type).count,
    ).toBeNull();
    expect(
      addWaiting({ count: null, head: 900 }, message(901, [item(901)]), type).count,
    ).toBeNull();
  });

  it('does not count across events that were never sent', () => {
    const type = { ...NO_FILTERS, type: ['MoneyDeposited'] };
    expect(addWaiting({ count: 0, head: 10 }, message(12, [item(12)]), type).count).toBeNull();
  });
});

it('takes up what came while the feed was being read', () => {
  const type = { ...NO_FILTERS, type: ['MoneyDeposited'] };
  const recent = [message(11, [item(11)]), message(13, [item(12), item(13)])];
  const fold = (read: Waiting) =>
    recent.reduce<Waiting>((waiting, news) => addWaiting(waiting, news, type), read);
  expect(fold(NOTHING_READ)).toBe(NOTHING_READ);
  expect(fold({ count: 0, head: 12 })).toEqual({ count: 1, head: 13 });
});
