import { describe, expect, it } from 'vitest';
import { toDeliveredEvent } from '#server/runtime/event-store/delivered-event.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { TEST_CODEC, toStoredEvent } from '#server/testing/event-codec.ts';
import { fillGaps } from './fill-gaps.ts';
import { isFailed, toHistoryEntry } from './history-entry.ts';

const history = toSimpleHistory('A1', 2_500).map(toStoredEvent);
const reads: { from?: number; to?: number }[] = [];

function storeOf(events: readonly StoredEvent[]) {
  return {
    read: async (_: string, range: { from?: number; to?: number } = {}) => {
      reads.push(range);
      const { from = 1, to = Infinity } = range;
      return events.filter(({ eventSequence }) => eventSequence >= from && eventSequence <= to);
    },
    getRawItem: async () => undefined,
    decode: TEST_CODEC.decode,
  };
}

async function fill(
  held: number,
  sequences: readonly number[],
  { skipped = [], events = history }: { skipped?: number[]; events?: readonly StoredEvent[] } = {},
) {
  reads.length = 0;
  const given = sequences.flatMap((sequence) => events[sequence - 1] ?? []);
  const entries = given.map(toDeliveredEvent).map((event) => toHistoryEntry(TEST_CODEC, event));
  const filled: (number | string)[] = [];
  for await (const portion of fillGaps(storeOf(events), held, entries, new Set(skipped))) {
    for (const entry of portion) {
      const { eventSequence } = entry;
      const follows = isFailed(entry) ? 'failed' : entry.event.follows;
      filled.push(follows === undefined ? eventSequence : `${eventSequence} ${follows}`);
    }
  }
  return filled;
}

describe('fillGaps', () => {
  it('leaves out what is held and what comes twice, without a read', async () => {
    expect(await fill(3, [1, 2, 3, 4, 4, 5])).toEqual([4, 5]);
    expect(await fill(5, [4, 5])).toEqual([]);
    expect(reads).toEqual([]);
  });

  it('reads what is missing before and between', async () => {
    expect(await fill(1, [3, 4, 7])).toEqual([2, 3, 4, 5, 6, 7]);
    expect(reads).toEqual([
      { from: 2, to: 2 },
      { from: 5, to: 6 },
    ]);
  });

  it('reads a long gap in portions', async () => {
    expect(await fill(0, [2_500])).toHaveLength(2_500);
    expect(reads.map(({ to }) => to)).toEqual([1_000, 2_000, 2_499]);
  });

  it('leaves out what was skipped, and says what the next one follows on', async () => {
    expect(await fill(3, [4, 5, 6], { skipped: [5] })).toEqual([4, '6 4']);
    expect(await fill(3, [5, 6], { skipped: [4, 5] })).toEqual(['6 3']);
    expect(reads).toEqual([]);
    expect(await fill(1, [9], { skipped: [2, 5, 6, 8] })).toEqual(['3 1', 4, '7 4', '9 7']);
    expect(reads).toEqual([
      { from: 3, to: 4 },
      { from: 7, to: 7 },
    ]);
    expect(await fill(1, [3], { skipped: [2, 3] })).toEqual([]);
  });

  it('ends at what cannot be read, given or in a gap', async () => {
    const events = history.map((event) =>
      event.eventSequence === 5 ? { ...event, eventType: 'Unheard' } : event,
    );
    expect(await fill(3, [4, 5, 6], { events })).toEqual([4, '5 failed']);
    expect(await fill(3, [8], { events })).toEqual([4, '5 failed']);
    expect(await fill(3, [8], { events, skipped: [5] })).toEqual([4, '6 4', 7, 8]);
  });

  it('ends where the event store itself has a gap', async () => {
    const events = history.filter(({ eventSequence }) => eventSequence !== 5);
    const [, , , , six] = events;
    expect(six?.eventSequence).toBe(6);
    expect(await fill(3, [5], { events })).toEqual([4, '5 failed']);
  });
});
