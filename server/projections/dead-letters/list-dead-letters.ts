import pLimit from 'p-limit';
import type { EventStore } from '#server/event-store/event-store.ts';
import { isForeignId } from '#server/event-store/foreign-id.ts';
import { toErrorSentence } from '#server/platform/error-sentence.ts';
import type { DeadLetter, DeadLetterGroup } from './dead-letter.ts';
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

/** Accounts whose newest event is looked up at a time. */
const COUNTS_AT_ONCE = 8;

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
  const places = toPlaces(deps.projections, wanted.projection);
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
  const limit = pLimit(COUNTS_AT_ONCE);
  const count = async (letter: DeadLetter): Promise<DeadLetter> => {
    if (isForeignId(letter.aggregateId)) {
      return { ...letter, waiting: 0 };
    }
    const newest = await store.getNewestSequence(letter.aggregateId).catch(() => null);
    return { ...letter, waiting: newest === null ? null : newest - letter.eventSequence };
  };
  return Promise.all(
    groups.map(async (group) => {
      const letters = await Promise.all(
        group.letters.map((letter) => (letter.waiting === null ? limit(count, letter) : letter)),
      );
      const known = letters.flatMap(({ waiting }) => waiting ?? []);
      const isWhole = known.length === group.accounts;
      const sum = isWhole ? known.reduce((all, waiting) => all + waiting, 0) : null;
      return { ...group, letters, waiting: group.waiting ?? sum };
    }),
  );
}
