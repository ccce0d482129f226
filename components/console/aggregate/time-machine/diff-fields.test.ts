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

test('an item that comes in front of a list changes none of the others', () => {
  const old = { 'services.0.name': 'web', 'services.0.kind': 'api' };
  const changed = diffFields(old, {
    'services.0.name': 'cache',
    'services.0.kind': 'redis',
    'services.1.name': 'web',
    'services.1.kind': 'api',
  }).filter((field) => field.changed);
  expect(changed.map(({ field }) => field)).toEqual(['services.cache.kind', 'services.cache.name']);
});
