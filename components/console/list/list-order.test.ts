import { expect, it } from 'vitest';
import { nextOrder } from './list-order.ts';

it('turns the order around on a second click', () => {
  expect(nextOrder({ sort: 'owner', dir: 'asc' }, 'owner', 'asc').dir).toBe('desc');
  expect(nextOrder({ sort: 'owner', dir: 'desc' }, 'owner', 'asc').dir).toBe('asc');
});

it('begins another column as that one is read', () => {
  const before = { sort: 'openedAt', dir: 'desc' } as const;
  expect(nextOrder(before, 'number', 'asc')).toEqual({ sort: 'number', dir: 'asc' });
  expect(nextOrder(before, 'balance', 'desc')).toEqual({ sort: 'balance', dir: 'desc' });
});
