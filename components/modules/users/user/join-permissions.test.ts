import { expect, it } from 'vitest';
import { joinPermissions } from './join-permissions.ts';

it('shows permissions as one field, in their order', () => {
  const state = { name: 'Ada', 'permissions.0': 'bank:view', 'permissions.1': 'users:view' };
  expect(joinPermissions(state)).toEqual({ name: 'Ada', permissions: 'bank:view, users:view' });
});

it('leaves a state without any as it is', () => {
  expect(joinPermissions({ name: 'Ada' })).toEqual({ name: 'Ada' });
});
