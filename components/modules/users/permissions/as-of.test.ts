import { expect, it } from 'vitest';
import { toMoment, toMomentText } from './as-of.ts';

it('takes a day to its end, in UTC', () => {
  expect(toMoment('2026-11-03')).toBe('2026-11-03T23:59:59.999Z');
  expect(toMomentText('2026-11-03', 'utc')).toBe('at the end of 3 Nov 2026');
});

it('takes a time as it is', () => {
  expect(toMoment('2026-11-03T14:00:12.345Z')).toBe('2026-11-03T14:00:12.345Z');
  expect(toMomentText('2026-11-03T14:00:12.345Z', 'utc')).toBe('on 3 Nov 2026, 14:00:12');
});
