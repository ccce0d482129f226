import { describe, expect, it } from 'vitest';
import type { ProjectionLag } from '#lib/contracts/queries.ts';
import { HISTORY_MS, type LagSample, toLagPoints, toRate, withSample } from './lag-history.ts';

function lag(position: number, secondsBehind = 0): ProjectionLag {
  return {
    head: 1_000,
    projections: [
      {
        name: 'accounts',
        version: 1,
        status: 'running',
        position,
        eventsBehind: 1_000 - position,
        secondsBehind,
        updatedAt: '2026-11-21T00:00:00.000Z',
        reason: null,
        since: null,
      },
    ],
  };
}

function history(...samples: [at: number, position: number][]): LagSample[] {
  return samples.reduce<LagSample[]>(
    (all, [at, position]) => withSample(all, lag(position), at),
    [],
  );
}

it('forgets what is too old', () => {
  const samples = history([0, 1], [1_000, 2], [HISTORY_MS + 1, 3]);
  expect(samples.map(({ at }) => at)).toEqual([1_000, HISTORY_MS + 1]);
});

it('gives one projection’s lag over time', () => {
  const samples = withSample(history([0, 990]), lag(995, 1.5), 1_000);
  expect(toLagPoints(samples, 'accounts')).toEqual([
    { at: 0, seconds: 0, events: 10 },
    { at: 1_000, seconds: 1.5, events: 5 },
  ]);
  expect(toLagPoints(samples, 'other')).toEqual([]);
});

describe('toRate', () => {
  it('is events per second over the last ten seconds', () => {
    expect(toRate(history([0, 0], [10_000, 500], [15_000, 700], [20_000, 900]), 'accounts')).toBe(
      40,
    );
  });

  it('is unknown with one sample, and after the projection was set back', () => {
    expect(toRate(history([0, 10]), 'accounts')).toBeNull();
    expect(toRate(history([0, 10], [1_000, 5]), 'accounts')).toBeNull();
    expect(toRate([], 'accounts')).toBeNull();
  });
});
