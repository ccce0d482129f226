import { expect, it } from 'vitest';
import { toJournalEntry } from '#server/runtime/views/journal-entry.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { TEST_CODEC, toStoredEvent } from '#server/testing/event-codec.ts';
import { planMessages } from './plan-messages.ts';

const entries = toSimpleHistory('A', 5).map((event, index) =>
  toJournalEntry(TEST_CODEC, { ...toStoredEvent(event), position: index + 1 }),
);
const id = entries[0]?.stored.aggregateId ?? '';
const none = new Map<string, ReadonlySet<number>>();
const pick = (...sequences: number[]) =>
  sequences.flatMap((sequence) => entries[sequence - 1] ?? []);
const sequencesOf = (list: readonly (typeof entries)[number][]) =>
  list.map(({ stored }) => stored.eventSequence);

it('given messages out of order, takes them in order', () => {
  const plan = planMessages(pick(3, 1, 2), new Map(), none);
  expect(sequencesOf(plan.next)).toEqual([1, 2, 3]);
  expect(plan.progress).toEqual(new Map([[id, 3]]));
});

it('given what was taken before, and twice the same, takes each once', () => {
  const plan = planMessages(pick(1, 2, 3, 3), new Map([[id, 2]]), none);
  expect(sequencesOf(plan.next)).toEqual([3]);
  expect(plan.duplicates).toBe(3);
});

it('given a gap, lets what is behind it wait', () => {
  const plan = planMessages(pick(2, 4, 5), new Map([[id, 1]]), none);
  expect(sequencesOf(plan.next)).toEqual([2]);
  expect(sequencesOf(plan.waiting)).toEqual([4, 5]);
  expect(plan.progress).toEqual(new Map([[id, 2]]));
});

it('given events that were skipped, has no gap there', () => {
  const plan = planMessages(pick(4, 5), new Map([[id, 1]]), new Map([[id, new Set([2, 3])]]));
  expect(sequencesOf(plan.next)).toEqual([4, 5]);
  expect(plan.waiting).toEqual([]);
});
