import { describe, expect, it } from 'vitest';
import { formatRelative, formatSpan, formatTime } from './time-format.ts';

describe('formatTime', () => {
  const iso = '2026-11-21T03:12:45.067Z';

  it('shows the day, the second or the millisecond in UTC', () => {
    expect(formatTime(iso, 'utc', 'day')).toBe('21 Nov 2026');
    expect(formatTime(iso, 'utc')).toBe('21 Nov 2026, 03:12:45');
    expect(formatTime(iso, 'utc', 'millisecond')).toBe('21 Nov 2026, 03:12:45.067');
  });

  it('writes midnight as 00', () => {
    expect(formatTime('2026-01-02T00:00:00.000Z', 'utc')).toBe('2 Jan 2026, 00:00:00');
  });

  it('gives every month three letters', () => {
    expect(formatTime('2026-09-30T10:00:00.000Z', 'utc', 'day')).toBe('30 Sep 2026');
  });

  it('gives back what is not a time', () => {
    expect(formatTime('never', 'utc')).toBe('never');
  });
});

describe('formatRelative', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');

  it.each([
    ['2026-11-21T11:59:59.500Z', 'just now'],
    ['2026-11-21T11:59:30Z', '30 seconds ago'],
    ['2026-11-21T11:58:59Z', '1 minute ago'],
    ['2026-11-21T09:00:00Z', '3 hours ago'],
    ['2026-11-11T12:00:00Z', '10 days ago'],
    ['2024-11-20T12:00:00Z', '2 years ago'],
    ['2026-11-21T12:05:00Z', 'in 5 minutes'],
  ])('%s is %s', (iso, expected) => {
    expect(formatRelative(iso, now)).toBe(expected);
  });
});

describe('formatSpan', () => {
  it.each([
    [0, '0 s'],
    [0.44, '0.4 s'],
    [9.96, '10 s'],
    [59.4, '59 s'],
    [60, '1 min'],
    [185, '3 min 5 s'],
    [3_600, '1 h'],
    [7_805, '2 h 10 min'],
    [356_400, '4 d 3 h'],
  ])('%d is %s', (seconds, expected) => {
    expect(formatSpan(seconds)).toBe(expected);
  });
});
