import { expect, it } from 'vitest';
import { nextOrder } from './account-filters.ts';

it('turns the order around on a second click', () => {
  expect(nextOrder({ sort: 'owner', dir: 'asc' }, 'owner')).toEqual({ sort: 'owner', dir: 'desc' });
  expect(nextOrder({ sort: 'owner', dir: 'desc' }, 'owner')).toEqual({ sort: 'owner', dir: 'asc' });
});

it('begins with A, the largest and the newest', () => {
  const before = { sort: 'openedAt', dir: 'desc' } as const;
  expect(nextOrder(before, 'number')).toEqual({ sort: 'number', dir: 'asc' });
  expect(nextOrder(before, 'balance')).toEqual({ sort: 'balance', dir: 'desc' });
  expect(nextOrder(before, 'lastActivity')).toEqual({ sort: 'lastActivity', dir: 'desc' });
});
