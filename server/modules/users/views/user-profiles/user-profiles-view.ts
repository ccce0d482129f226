import { defineRowView } from '#server/runtime/views/row-view.ts';
import { userAggregate } from '../../domain/user-aggregate.ts';
import { evolveUserProfile } from './user-profiles-fold.ts';
import { userProfilesIn } from './user-profiles-table.ts';

/** Every user with their profile. */
export const userProfilesView = defineRowView({
  name: 'user-profiles',
  version: 1,
  aggregate: userAggregate,
  table: userProfilesIn,
  evolve: evolveUserProfile,
});
