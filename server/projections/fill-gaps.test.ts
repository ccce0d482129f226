import { describe, expect, it } from 'vitest';
import { toStoredEvent } from '#server/event-store/codec.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { fillGaps } from './fill-gaps.ts';

const history = toSimpleHistory('A1', 2_500);
const reads: { from?: number; to?: number }[] = [];
const store = {
  read: async (_: string, range: { from?: number; to?: number } = {}) => {
    reads.push(range);
    return history.slice((range.from ?? 1) - 1, range.to).map(toStoredEvent);
  },
};

async function fill(held: number, sequences: readonly number[]): Promise<number[]> {
  reads.length = 0;
  const given = sequences.flatMap((sequence) => history[sequence - 1] ?? []);
  const filled: number[] = [];
  for await (const portion of fillGaps(store, held, given)) {
    filled.push(...portion.map(({ eventSequence }) => eventSequence));
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

  it('refuses a gap in the event store itself', async () => {
    const fill = async () => {
      for await (const portion of fillGaps({ read: async () => [] }, 3, history.slice(5, 6))) {
        expect(portion).toEqual([]);
      }
    };
    await expect(fill()).rejects.toThrow('has 0 of the events 4 to 5');
  });
});
