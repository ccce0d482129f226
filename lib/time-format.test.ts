import { afterEach, describe, expect, it, vi } from 'vitest';
import { formatDay, formatRelative, formatSpan, formatTime } from './time-format.ts';

describe('formatTime', () => {
  const iso = '2026-11-21T03:12:45.067Z';

  it('shows the day, the second or the millisecond in UTC', () => {
    expect(formatDay(iso)).toBe('21 Nov 2026');
    expect(formatDay('2026-11-21')).toBe('21 Nov 2026');
    expect(formatTime(iso, 'utc')).toBe('21 Nov 2026, 03:12:45');
    expect(formatTime(iso, 'utc', 'millisecond')).toBe('21 Nov 2026, 03:12:45.067');
  });

  it('writes midnight as 00', () => {
    expect(formatTime('2026-01-02T00:00:00.000Z', 'utc')).toBe('2 Jan 2026, 00:00:00');
  });

  it('gives every month three letters', () => {
    expect(formatDay('2026-09-30T10:00:00.000Z')).toBe('30 Sep 2026');
  });

  it('gives back what is not a time', () => {
    expect(formatTime('never', 'utc')).toBe('never');
  });
});

describe('readers around the world', () => {
  const home = process.env.TZ;
  afterEach(() => {
    process.env.TZ = home;
    if (home === undefined) {
      delete process.env.TZ;
    }
  });

  /** The modules as a browser of that time zone has them. */
  async function inZone(zone: string) {
    process.env.TZ = zone;
    vi.resetModules();
    return import('./time-format.ts');
  }

  it.each([
    'Pacific/Pago_Pago',
    'America/Los_Angeles',
    'America/St_Johns',
    'Europe/Prague',
    'Asia/Kathmandu',
    'Pacific/Kiritimati',
  ])('have the same days in %s', async (zone) => {
    const format = await inZone(zone);
    expect(format.formatDay('1993-01-05T00:00:00.000Z')).toBe('5 Jan 1993');
    expect(format.formatDay('1993-01-05T23:59:59.999Z')).toBe('5 Jan 1993');
    expect(format.formatTime('1993-01-05T00:00:00.000Z', 'utc')).toBe('5 Jan 1993, 00:00:00');
  });

  it.each([
    ['Europe/Prague', '2026-10-25T00:30:00Z', '25 Oct 2026, 02:30:00 +02:00'],
    ['Europe/Prague', '2026-10-25T01:30:00Z', '25 Oct 2026, 02:30:00 +01:00'],
    ['Europe/Prague', '2026-10-24T23:59:59Z', '25 Oct 2026, 01:59:59'],
    ['Europe/Prague', '2026-10-25T02:00:00Z', '25 Oct 2026, 03:00:00'],
    ['Europe/Prague', '2026-03-29T01:00:00Z', '29 Mar 2026, 03:00:00'],
    ['America/New_York', '2026-11-01T05:59:59Z', '1 Nov 2026, 01:59:59 -04:00'],
    ['America/New_York', '2026-11-01T06:00:00Z', '1 Nov 2026, 01:00:00 -05:00'],
    ['Australia/Lord_Howe', '2026-04-04T14:45:00Z', '5 Apr 2026, 01:45:00 +11:00'],
    ['Australia/Lord_Howe', '2026-04-04T15:15:00Z', '5 Apr 2026, 01:45:00 +10:30'],
    ['Asia/Kolkata', '2026-10-25T00:30:00Z', '25 Oct 2026, 06:00:00'],
  ])('in %s see %s as %s', async (zone, iso, shown) => {
    expect((await inZone(zone)).formatTime(iso, 'local')).toBe(shown);
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
