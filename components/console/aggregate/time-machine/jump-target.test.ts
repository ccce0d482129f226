import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readJumpTarget } from './jump-target.ts';

test.each([
  ['120', 120],
  [' #1,204 ', 1_204],
  ['0', 0],
])('“%s” is a sequence', (text, sequence) => {
  expect(readJumpTarget(text, 'utc')).toEqual({ kind: 'sequence', sequence });
});

test.each([
  ['2026-11-03', '2026-11-03'],
  ['2026-11-03 14:00 +02:00', '2026-11-03T12:00:00.000Z'],
  ['2026-11-03 14:00', '2026-11-03T14:00:00.000Z'],
  ['2026-11-03 9:05', '2026-11-03T09:05:00.000Z'],
  ['2026-11-03T14:00:01.250Z', '2026-11-03T14:00:01.250Z'],
])('“%s” is a time by UTC', (text, time) => {
  expect(readJumpTarget(text, 'utc')).toEqual({ kind: 'time', time });
});

test('a time is by the reader’s clock unless it says otherwise', () => {
  const local = new Date(2026, 10, 3, 14, 0).toISOString();
  expect(readJumpTarget('2026-11-03 14:00', 'local')).toEqual({ kind: 'time', time: local });
  expect(readJumpTarget('2026-11-03 14:00 UTC', 'local')).toEqual({
    kind: 'time',
    time: '2026-11-03T14:00:00.000Z',
  });
});

test('a day is itself, whoever’s clock', () => {
  expect(readJumpTarget('2026-11-03', 'local')).toEqual({ kind: 'time', time: '2026-11-03' });
});

test.each([
  '',
  'yesterday',
  '2026-13-40',
  '2026-02-30',
  '2026-02-30 10:00',
  '2026-11-03 25:00',
  '12:00',
  '-3',
])('“%s” is neither', (text) => {
  expect(readJumpTarget(text, 'utc')).toHaveProperty('problem');
});

describe('a clock that is put back and forward', () => {
  const home = process.env.TZ;
  beforeAll(() => {
    process.env.TZ = 'Europe/Prague';
  });
  afterAll(() => {
    process.env.TZ = home;
    if (home === undefined) {
      delete process.env.TZ;
    }
  });

  test.each([
    ['2026-10-25 02:30', /twice: write \+02:00 or \+01:00/],
    ['2026-03-29 02:30', /put forward/],
  ])('“%s” is unclear', (text, problem) => {
    expect(readJumpTarget(text, 'local')).toEqual({
      kind: 'unclear',
      problem: expect.stringMatching(problem),
    });
  });

  test.each([
    ['2026-10-25 02:30 +02:00', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25 02:30+01:00', '2026-10-25T01:30:00.000Z'],
    ['2026-10-25 03:00', '2026-10-25T02:00:00.000Z'],
    ['2026-03-29 03:00', '2026-03-29T01:00:00.000Z'],
  ])('“%s” is one time', (text, time) => {
    expect(readJumpTarget(text, 'local')).toEqual({ kind: 'time', time });
  });
});
