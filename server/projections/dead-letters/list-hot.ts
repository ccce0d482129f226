import { fromAggregateId } from '#server/domain/recorded-event.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import type { DeadLetter, DeadLetterGroup } from './dead-letter.ts';
import type { DeadLetterFilter } from './dead-letter-filter.ts';
import { type HotLetter, listHotLetters } from './hot-letters.ts';
import type { ListOptions } from './list-projected.ts';
import { toGroups } from './to-groups.ts';

/** The dead letters of a hot view. What waits behind them is in the event store, and not counted. */
export async function listHot(
  dynamo: Dynamo,
  view: string,
  filter: DeadLetterFilter,
  { skipped, limit }: ListOptions,
): Promise<DeadLetterGroup[]> {
  const found = await listHotLetters(dynamo, view);
  const letters = found
    .flatMap((letter) => (skipped ? toSkipped(letter) : toDead(letter)))
    .filter((letter) => isMeant(letter, filter))
    .toSorted((a, b) => (a.firstFailedAt < b.firstFailedAt ? -1 : 1));
  return toGroups(letters).map((group) => ({
    ...group,
    accounts: group.letters.length,
    waiting: null,
    letters: group.letters.slice(0, limit),
  }));
}

/** Whether a filter means a letter. */
export function isMeant(
  letter: Pick<DeadLetter, keyof DeadLetterFilter>,
  { projection, aggregateId, category, eventType, errorGroup }: DeadLetterFilter,
): boolean {
  return (
    (projection ?? letter.projection) === letter.projection &&
    (aggregateId ?? letter.aggregateId) === letter.aggregateId &&
    (category ?? letter.category) === letter.category &&
    (eventType ?? letter.eventType) === letter.eventType &&
    (errorGroup ?? letter.errorGroup) === letter.errorGroup
  );
}

/** The event at which an account waits in a hot view, if it does. */
export function toDead({ projection, aggregateId, dead }: HotLetter): DeadLetter[] {
  const accountId = fromAggregateId(aggregateId);
  const key = { projection, aggregateId, accountId };
  const unknown = { position: null, waiting: null, skipped: null };
  return dead === undefined ? [] : [{ ...key, ...dead, ...unknown }];
}

function toSkipped({ projection, aggregateId, skipped }: HotLetter): DeadLetter[] {
  return skipped.map(({ at, actor, reason, ...event }) => ({
    projection,
    aggregateId,
    accountId: fromAggregateId(aggregateId),
    ...event,
    status: 'skipped',
    position: null,
    waiting: null,
    rawItem: null,
    skipped: { at, by: actor, reason },
  }));
}
