import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { DeadLetter, DeadLetterGroup } from './dead-letter.ts';
import type { DeadLetterFilter } from './dead-letter-filter.ts';
import { type HotDeadLetter, listHotDeadLetters } from './hot-dead-letters.ts';
import type { ListOptions } from './list-projected.ts';
import { toGroups } from './to-groups.ts';

/** The dead letters of a hot view. What waits behind them is in the event store, and not counted. */
export async function listHot(
  dynamo: Dynamo,
  view: string,
  filter: DeadLetterFilter,
  { skipped, limit }: ListOptions,
): Promise<DeadLetterGroup[]> {
  const found = await listHotDeadLetters(dynamo, view);
  const letters = found
    .flatMap((letter) => (skipped ? toSkipped(letter) : toDead(letter)))
    .filter((letter) => isMeant(letter, filter))
    .toSorted((a, b) => (a.firstFailedAt < b.firstFailedAt ? -1 : 1));
  return toGroups(letters).map((group) => ({
    ...group,
    aggregates: group.letters.length,
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
    (eventType === undefined || eventType === letter.eventType) &&
    (errorGroup ?? letter.errorGroup) === letter.errorGroup
  );
}

/** The event at which an aggregate waits in a hot view, if it does. */
export function toDead({ projection, aggregateId, dead }: HotDeadLetter): DeadLetter[] {
  const key = { projection, aggregateId };
  const unknown = { position: null, waiting: null, skipped: null };
  return dead === undefined ? [] : [{ ...key, ...dead, ...unknown }];
}

/** The events of an aggregate that were left out of a hot view. */
export function toSkipped({ projection, aggregateId, skipped }: HotDeadLetter): DeadLetter[] {
  return skipped.map(({ at, actor, reason, ...event }) => ({
    projection,
    aggregateId,
    ...event,
    status: 'skipped',
    position: null,
    waiting: null,
    rawItem: null,
    skipped: { at, by: actor, reason },
  }));
}
