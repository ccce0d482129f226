import { describe, expect, it } from 'vitest';
import { mergeHistory, type Source } from './merge-history.ts';

const at = (second: number) => `2026-01-01T00:00:${`${second}`.padStart(2, '0')}.000Z`;
const source = (
  seconds: number[],
  reached: number | null = null,
): Source<{ at: string }, number> => ({
  items: seconds.map((second) => ({ at: at(second) })),
  reached,
  reachedAt: reached === null ? null : at(reached),
});
const times = (items: readonly { at: string }[]) =>
  items.map((item) => Number(item.at.slice(17, 19)));

describe('a history of two sources', () => {
  it('is in the order of time, each item once', () => {
    const merged = mergeHistory(source([9, 6, 5]), source([8, 7, 1]), 10);
    expect(times(merged.items)).toEqual([9, 8, 7, 6, 5, 1]);
    expect(merged).toMatchObject({ fromOne: 3, fromOther: 3, isEnd: true });
  });

  it('ends a page where it is full, and goes on behind what was taken', () => {
    const merged = mergeHistory(source([9, 6, 5]), source([8, 7, 1]), 3);
    expect(times(merged.items)).toEqual([9, 8, 7]);
    expect(merged).toMatchObject({ fromOne: 1, fromOther: 2, isEnd: false });
  });

  it('takes nothing that is older than what the other source was looked at for', () => {
    const merged = mergeHistory(source([9, 4, 3]), source([8], 5), 10);
    expect(times(merged.items)).toEqual([9, 8]);
    expect(merged).toMatchObject({ fromOne: 1, fromOther: 1, isEnd: false });
  });

  it('gets on where the other source found nothing yet', () => {
    const merged = mergeHistory(source([4]), source([], 5), 10);
    expect(merged).toMatchObject({ items: [], fromOne: 0, fromOther: 0, isEnd: false });
    const next = mergeHistory(source([4]), source([]), 10);
    expect(times(next.items)).toEqual([4]);
  });

  it('keeps the order of each source where clocks disagree', () => {
    const merged = mergeHistory(source([5, 9]), source([7]), 10);
    expect(times(merged.items)).toEqual([7, 5, 9]);
  });
});
