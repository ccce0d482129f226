import { expect, test } from 'vitest';
import { diffFields } from './diff-fields.ts';

test('marks what changed, what came and what went, in reading order', () => {
  expect(
    diffFields(
      { balance: '100', status: 'open', note: 'x' },
      { status: 'closed', balance: '100', closedAt: '2026-11-03T10:00:00.000Z' },
      ['status', 'balance', 'closedAt'],
    ),
  ).toEqual([
    { field: 'status', before: 'open', after: 'closed', changed: true },
    { field: 'balance', before: '100', after: '100', changed: false },
    { field: 'closedAt', before: undefined, after: '2026-11-03T10:00:00.000Z', changed: true },
    { field: 'note', before: 'x', after: undefined, changed: true },
  ]);
});

test('without a state before, nothing is marked', () => {
  expect(diffFields(undefined, { status: 'unopened' })).toEqual([
    { field: 'status', before: undefined, after: 'unopened', changed: false },
  ]);
});
