import { expect, it } from 'vitest';
import { toLagSteps } from './lag-steps.ts';

const from = Date.parse('2026-01-01T00:00:00.000Z');
const minute = (n: number, max: number, last: number) => ({
  minute: new Date(from + n * 60_000),
  maxEvents: 10 * max,
  maxSeconds: max,
  lastEvents: 10 * last,
  lastSeconds: last,
});
const measured = (max: number, last: number) => ({
  maxEvents: 10 * max,
  maxSeconds: max,
  lastEvents: 10 * last,
  lastSeconds: last,
});

it('has the most and the last of each step, and a gap where nothing was measured', () => {
  const minutes = [minute(0, 3, 1), minute(1, 2, 2), minute(5, 0, 0)];
  expect(toLagSteps(minutes, { from, to: from + 6 * 60_000, stepMs: 120_000 })).toEqual([
    { at: '2026-01-01T00:00:00.000Z', measured: measured(3, 2) },
    { at: '2026-01-01T00:02:00.000Z', measured: null },
    { at: '2026-01-01T00:04:00.000Z', measured: measured(0, 0) },
  ]);
});

it('is all gaps where nothing ever was measured', () => {
  const points = toLagSteps([], { from, to: from + 60_000, stepMs: 60_000 });
  expect(points).toEqual([{ at: '2026-01-01T00:00:00.000Z', measured: null }]);
});
