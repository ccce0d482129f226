import { expect, it } from 'vitest';
import type { ProjectionStatus } from '#lib/contracts/queries.ts';
import { toWorstLag } from './worst-lag.ts';

function projection(name: string, more: Partial<ProjectionStatus> = {}): ProjectionStatus {
  return {
    name,
    version: 1,
    status: 'running',
    position: 10,
    eventsBehind: 0,
    secondsBehind: 0,
    updatedAt: null,
    reason: null,
    since: null,
    ...more,
  };
}

it('is unknown when nothing follows', () => {
  expect(toWorstLag([], [])).toBeNull();
});

it('says when everything is up to date', () => {
  expect(toWorstLag([], [projection('accounts')])).toEqual({
    value: '0 s',
    detail: 'Everything is up to date',
    tone: 'good',
  });
});

it('names who is furthest behind', () => {
  const late = projection('transactions', { eventsBehind: 1, secondsBehind: 12 });
  expect(toWorstLag([], [projection('accounts'), late])).toEqual({
    value: '12 s',
    detail: 'Transactions, 1 event behind',
    tone: 'warn',
  });
});

it('puts what stands still before what is late', () => {
  const down = projection('accounts', { status: 'down' });
  const stuck = projection('transactions', { status: 'stuck' });
  expect(toWorstLag([], [down])?.detail).toBe('Accounts stands still');
  expect(toWorstLag([], [down, stuck])).toMatchObject({
    detail: 'Accounts and 1 more stand still',
    tone: 'bad',
  });
});
