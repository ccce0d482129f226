import { expect, test } from 'vitest';
import { describeMeasure, median } from './measure.ts';

test('the median of an odd and of an even number of values', () => {
  expect(median([30, 10, 20])).toBe(20);
  expect(median([40, 10, 20, 30])).toBe(25);
  expect(median([])).toBeUndefined();
});

test('the sentence’s parts add up to its whole after rounding', () => {
  expect(describeMeasure({ accepted: 12.4, visible: 84.4 }, 'read-model')).toBe(
    'Visible in 84 ms: accepted 12 ms, projected and shown 72 ms',
  );
  expect(describeMeasure({ accepted: 10.5, visible: 21.4 }, 'event-store')).toBe(
    'Visible in 21 ms: accepted 11 ms, read from the event store and shown 10 ms',
  );
});
