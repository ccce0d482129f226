import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { DeadLetterCause } from './dead-letter-cause.ts';
import type { DeadLetterFilter } from './dead-letter-filter.ts';
import { readHotLetters } from './hot-letters-page.ts';
import { toGroups } from './to-groups.ts';

/** Aggregates of a hot view that are looked at: DynamoDB counts nothing by cause. */
export const MOST_HOT_READ = 1_000;

/** A hot view's dead letters by cause, as far as they were looked at. */
export type HotCauses = {
  readonly causes: readonly (DeadLetterCause & {
    readonly letters: readonly { readonly aggregateId: string; readonly eventSequence: number }[];
  })[];
  /** There are more than were looked at. */
  readonly isCut: boolean;
};

/** The dead letters of a hot view by cause. What waits behind them is in the event store. */
export async function countHotCauses(
  dynamo: Dynamo,
  view: string,
  filter: DeadLetterFilter,
  { skipped }: { readonly skipped: boolean },
): Promise<HotCauses> {
  const { letters, next } = await readHotLetters(dynamo, view, filter, {
    skipped,
    enough: Number.POSITIVE_INFINITY,
    mostRead: MOST_HOT_READ,
  });
  const isCut = next !== null;
  return {
    isCut,
    causes: toGroups(letters).map((group) => ({
      ...group,
      count: group.letters.length,
      atLeast: isCut,
      waiting: null,
      firstFailedAt: firstOf(group.letters.map(({ firstFailedAt }) => firstFailedAt)),
      lastFailedAt: lastOf(group.letters.map(({ lastFailedAt }) => lastFailedAt)),
    })),
  };
}

/** A time in ISO 8601, of those of a group, which has one at least. */
const firstOf = (times: readonly string[]) => times.toSorted()[0] ?? '';
const lastOf = (times: readonly string[]) => times.toSorted().at(-1) ?? '';
