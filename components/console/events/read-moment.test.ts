import { expect, it } from 'vitest';
import { readMoment, toMinuteText } from './read-moment.ts';

it('reads days whole, and moments by the minute', () => {
  expect(readMoment('2026-11-03', 'utc', 'from')).toMatchObject({ iso: '2026-11-03T00:00:00Z' });
  expect(readMoment('2026-11-03', 'utc', 'to')).toMatchObject({ iso: '2026-11-04T00:00:00Z' });
  expect(readMoment('2026-11-03 14:05:59', 'utc', 'to')).toMatchObject({
    iso: '2026-11-03T14:05:00Z',
  });
  expect(readMoment(' ', 'utc', 'from')).toMatchObject({ iso: '' });
  expect(toMinuteText(Date.parse('2026-11-03T14:05:59.999Z'))).toBe('2026-11-03T14:05:00Z');
});

it('says what it cannot read', () => {
  expect(readMoment('yesterday', 'utc', 'from').kind).toBe('unclear');
  expect(readMoment('120', 'utc', 'from').kind).toBe('unclear');
});
