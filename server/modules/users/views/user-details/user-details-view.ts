import { defineHotView } from '#server/runtime/hot-views/hot-view.ts';
import { userAggregate } from '../../domain/user-aggregate.ts';
import { foldUserDetail, userDetailSchema } from './user-details-fold.ts';

/** All that is known of each user. */
export const userDetailsView = defineHotView({
  name: 'user-details',
  aggregate: userAggregate,
  key: 'userId',
  version: 1,
  parse: (stored) => userDetailSchema.parse(stored),
  toItem: (item) => item,
  fold: foldUserDetail,
});
