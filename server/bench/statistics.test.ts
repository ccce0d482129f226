import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentile, toSpread } from './statistics.ts';

describe('percentile', () => {
  it('takes the nearest rank', () => {
    const figures = [30, 10, 20, 40];
    expect([0, 0.25, 0.5, 0.51, 0.99, 1].map((share) => percentile(figures, share))).toEqual([
      10, 10, 20, 30, 40, 40,
    ]);
  });

  it('is one of the figures, and that share of them does not exceed it', () => {
    const figures = fc.array(fc.nat(), { minLength: 1 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(figures, share, (all, part) => {
        const found = percentile(all, part);
        expect(all).toContain(found);
        const within = all.filter((figure) => figure <= found).length;
        expect(within).toBeGreaterThanOrEqual(part * all.length);
      }),
    );
  });
});

it('shows the middle and the ends of several rounds', () => {
  expect(toSpread([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
});
