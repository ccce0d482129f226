import { expect, test } from 'vitest';
import { readJumpTarget } from './jump-target.ts';

test.each([
  ['120', 120],
  [' #1,204 ', 1_204],
  ['0', 0],
])('“%s” is a sequence', (text, sequence) => {
  expect(readJumpTarget(text, 'utc')).toEqual({ kind: 'sequence', sequence });
});

test.each([
  ['2026-11-03', '2026-11-03T23:59:59.999Z'],
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

test.each(['', 'yesterday', '2026-13-40', '12:00', '-3'])('“%s” is neither', (text) => {
  expect(readJumpTarget(text, 'utc')).toHaveProperty('problem');
});
