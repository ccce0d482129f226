import { expect, it } from 'vitest';
import { userProfilesView } from '#server/modules/users/views/user-profiles/user-profiles-view.ts';
import { defineList } from './list.ts';

it('is sorted by columns that are never NULL', () => {
  expect(() =>
    defineList(userProfilesView, { searched: ['name'], facets: [], sorts: ['deactivatedAt'] }),
  ).toThrow('A list cannot be sorted by “deactivatedAt”');
});
