import { describe, expect, it } from 'vitest';
import { sampleView } from '#components/console/system/sample-view.ts';
import type { ViewFreshness } from '#lib/contracts/system.ts';
import { type LagSample, toRate, toTrend, withSample } from './lag-history.ts';

const at = '2026-11-21T00:00:10.000Z';

function stateAt(position: number | null, freshness: Partial<ViewFreshness> = {}) {
  const projection = {
    name: 'accounts',
    version: 1,
    status: 'running',
    reason: null,
    since: null,
    position: position ?? 0,
    eventsBehind: 0,
    secondsBehind: 0,
    updatedAt: at,
    worker: null,
  } as const;
  const lag = position === null ? null : { head: position + 5, projections: [projection] };
  return { at, lag, views: [sampleView(freshness)], hotViews: [] };
}

function history(...samples: [at: number, position: number | null][]): LagSample[] {
  return samples.reduce<LagSample[]>(
    (all, [when, position]) => withSample(all, stateAt(position), when),
    [],
  );
}

it('forgets what is older than five minutes', () => {
  const samples = history([0, 1], [1_000, 2], [300_001, 3]);
  expect(samples.map((sample) => sample.at)).toEqual([1_000, 300_001]);
});

it('gives a view’s lag over time, and nothing where it was not known', () => {
  const behindSince = '2026-11-21T00:00:08.500Z';
  const samples = [
    {},
    { eventsBehind: 3, behindSince },
    { eventsBehind: null, behindSince: null },
    { eventsBehind: 2, behindSince: null },
  ].reduce<LagSample[]>((all, view, n) => withSample(all, stateAt(1, view), n), []);
  expect(toTrend(samples, 'accounts')).toEqual([0, 1.5, null, null]);
  expect(toTrend(samples, 'other')).toEqual([null, null, null, null]);
});

describe('toRate', () => {
  it('is events per second over the last ten seconds', () => {
    const samples = history([0, 0], [10_000, 500], [15_000, 700], [20_000, 900]);
    expect(toRate(samples, 'accounts')).toBe(40);
    expect(toRate(samples, 'journal')).toBe(40);
  });

  it('is unknown with one sample, without a position, and after the projection was set back', () => {
    expect(toRate(history([0, 10]), 'accounts')).toBeNull();
    expect(toRate(history([0, 10], [1_000, null]), 'accounts')).toBeNull();
    expect(toRate(history([0, 10], [1_000, 5]), 'accounts')).toBeNull();
    expect(toRate(history([0, 10], [1_000, 20]), 'hot-views')).toBeNull();
    expect(toRate([], 'accounts')).toBeNull();
  });
});
