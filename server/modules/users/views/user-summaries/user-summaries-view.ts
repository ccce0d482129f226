import { defineHotView } from '#server/runtime/hot-views/hot-view.ts';
import { userAggregate } from '../../domain/user-aggregate.ts';
import { foldUserSummary, userSummarySchema } from './user-summaries-fold.ts';

/** Who each user is: what a list of users shows. */
export const userSummariesView = defineHotView({
  name: 'user-summaries',
  aggregate: userAggregate,
  key: 'userId',
  version: 1,
  parse: (stored) => userSummarySchema.parse(stored),
  toItem: (item) => item,
  fold: foldUserSummary,
});
