import { defineList } from '#server/runtime/queries/list.ts';
import { userProfilesView } from '../views/user-profiles/user-profiles-view.ts';

/** Every user. A search looks at every one: there are thousands of them, not millions. */
export const usersList = defineList(userProfilesView, {
  searched: ['name', 'email', 'userId'],
  facets: ['status'],
  sorts: ['name', 'email', 'registeredAt', 'updatedAt'],
});
