import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import { countBehind } from './count-behind.ts';
import type { DeadLetterGroup } from './dead-letter.ts';
import { type DeadLetterDeps, toPlaces } from './dead-letter-deps.ts';
import { parseDeadLetterFilter } from './dead-letter-filter.ts';
import { listHot } from './list-hot.ts';
import { type ListOptions, listProjected } from './list-projected.ts';

export type DeadLetterList = {
  readonly groups: readonly DeadLetterGroup[];
  /** Why a part of them is not known now: a database that does not answer. */
  readonly problems: readonly string[];
};

type ListDeps = DeadLetterDeps & { readonly store: Pick<EventStore, 'getNewestSequence'> };

/**
 * The dead letters that a filter means (with `skipped`, the skipped events), by projection and error,
 * each with what waits behind it. One database that is down leaves the other's listed. Throws
 * INVALID_INPUT.
 */
export async function listDeadLetters(
  deps: ListDeps,
  filter: unknown = {},
  { skipped = false, limit = 20 }: Partial<ListOptions> = {},
): Promise<DeadLetterList> {
  const wanted = parseDeadLetterFilter(filter);
  const places = toPlaces(deps.registered, wanted.projection);
  const views = places.filter(({ kind }) => kind === 'hot').map(({ name }) => name);
  const options = { skipped, limit };
  const answers = await Promise.allSettled([
    places.length > views.length ? listProjected(deps.db, wanted, options) : [],
    ...views.map((view) => listHot(deps.dynamo, view, wanted, options)),
  ]);
  const problems = answers.flatMap((answer) =>
    answer.status === 'rejected' ? [toErrorSentence(answer.reason)] : [],
  );
  const groups = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  return {
    groups: skipped ? groups : await countWaiting(deps.store, groups),
    problems: [...new Set(problems)],
  };
}

/** Counts in the event store what is not counted yet; while it does not answer, it stays unknown. */
async function countWaiting(
  store: ListDeps['store'],
  groups: readonly DeadLetterGroup[],
): Promise<DeadLetterGroup[]> {
  const uncounted = groups.flatMap(({ letters }) =>
    letters.filter(({ waiting }) => waiting === null),
  );
  const counts = await countBehind(store, uncounted);
  const behind = new Map(uncounted.map((letter, index) => [letter, counts[index] ?? null]));
  return groups.map((group) => {
    const letters = group.letters.map((letter) => ({
      ...letter,
      waiting: letter.waiting ?? behind.get(letter) ?? null,
    }));
    const known = letters.flatMap(({ waiting }) => waiting ?? []);
    const isWhole = known.length === group.aggregates;
    const sum = isWhole ? known.reduce((all, waiting) => all + waiting, 0) : null;
    return { ...group, letters, waiting: group.waiting ?? sum };
  });
}
