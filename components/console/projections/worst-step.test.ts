import { expect, it } from 'vitest';
import { toWorst } from './worst-step.ts';

const at = '2026-01-01T00:00:00.000Z';
const measured = (maxEvents: number, maxSeconds: number) => ({
  maxEvents,
  maxSeconds,
  lastEvents: 0,
  lastSeconds: 0,
});

it('is the most of each that was measured, and counts what was not', () => {
  const points = [
    { at, measured: measured(3, 1) },
    { at, measured: null },
    { at, measured: measured(1, 9) },
  ];
  expect(toWorst({ view: 'accounts', stepSeconds: 60, points })).toEqual({
    seconds: 9,
    events: 3,
    gaps: 1,
  });
});

it('is nothing, and not zero, where nothing was measured', () => {
  const points = [{ at, measured: null }];
  expect(toWorst({ view: 'accounts', stepSeconds: 60, points })).toBeNull();
});
