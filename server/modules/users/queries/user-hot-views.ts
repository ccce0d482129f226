import type { UserHotViews } from '#lib/modules/users/queries.ts';
import { isPlayheadError } from '#lib/playhead-error.ts';
import { getHotItem } from '#server/runtime/hot-views/get-hot-item.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { userDetailsView } from '../views/user-details/user-details-view.ts';
import { userSummariesView } from '../views/user-summaries/user-summaries-view.ts';

/**
 * What DynamoDB's hot views hold of a user; each is null before their first event arrived, and where this
 * program cannot use the item: then the problem says why.
 */
export async function getUserHotViews(dynamo: Dynamo, userId: string): Promise<UserHotViews> {
  const [summary, detail] = await Promise.all([
    readUsable(getHotItem(dynamo, userSummariesView, userId)),
    readUsable(getHotItem(dynamo, userDetailsView, userId)),
  ]);
  return {
    summary: summary.item ?? null,
    detail: detail.item ?? null,
    problems: { summary: summary.problem, detail: detail.problem },
  };
}

/** An item of another version, or at a conflict, is no failure of the read. */
async function readUsable<Item>(reading: Promise<Item | undefined>) {
  try {
    return { item: await reading, problem: null };
  } catch (error) {
    if (isPlayheadError(error, 'PROJECTION_OUTDATED') || isPlayheadError(error, 'EVENT_CONFLICT')) {
      return { item: undefined, problem: error.message };
    }
    throw error;
  }
}
