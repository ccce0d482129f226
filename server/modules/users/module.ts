import type { Module } from '#server/runtime/module.ts';
import { changeUserPermissions } from './commands/change-user-permissions.ts';
import { deactivateUser } from './commands/deactivate-user.ts';
import { registerUser } from './commands/register-user.ts';
import { updateUserProfile } from './commands/update-user-profile.ts';
import { planDemoUsers } from './demo/plan-demo-users.ts';
import { emailAggregate } from './domain/email-aggregate.ts';
import { userAggregate } from './domain/user-aggregate.ts';
import { USER_REJECTIONS } from './domain/user-rejections.ts';
import { signInCommand } from './ops/sign-in-command.ts';
import { searchUsers } from './queries/search-users.ts';
import { USER_RESOURCES } from './queries/user-resources.ts';
import { usersList } from './queries/users-list.ts';
import { permissionMatrixView } from './views/permission-matrix/permission-matrix-view.ts';
import { userDetailsView } from './views/user-details/user-details-view.ts';
import { userProfilesOracle } from './views/user-profiles/user-profiles-oracle.ts';
import { userProfilesView } from './views/user-profiles/user-profiles-view.ts';
import { userSummariesView } from './views/user-summaries/user-summaries-view.ts';

/** The console's users: who they are, and what they may do. */
export const usersModule: Module = {
  name: 'users',
  aggregates: [userAggregate, emailAggregate],
  commands: [registerUser, updateUserProfile, changeUserPermissions, deactivateUser],
  views: [userProfilesView, permissionMatrixView],
  hotViews: [userSummariesView, userDetailsView],
  lists: [usersList],
  resources: USER_RESOURCES,
  rejections: USER_REJECTIONS,
  oracles: [userProfilesOracle],
  search: searchUsers,
  demo: planDemoUsers,
  ops: [signInCommand],
};
