import { expect, it } from 'vitest';
import { visibleAfterSeconds } from './visible-after.ts';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');

it.each([
  ['2026-03-01T11:59:59.750Z', 0.25],
  ['2026-03-01T11:50:00.000Z', 600],
  ['2026-03-01T12:00:00.040Z', 0],
])('an event of %s was visible after %d s', (timestamp, seconds) => {
  expect(visibleAfterSeconds(timestamp, NOW)).toBe(seconds);
});

it.each(['2026-03-01T11:49:59.999Z', '2026-02-28T12:00:00.000Z', '1999-12-31T23:59:59.999Z'])(
  'an event of %s is no measure',
  (timestamp) => {
    expect(visibleAfterSeconds(timestamp, NOW)).toBeUndefined();
  },
);
