import type { ConsoleWords } from '#components/console/console-words.ts';
import { nameEvent } from '#components/console/system/trouble-words.ts';
import type { DeadLetterCause, DeadLetterItem, DeadLetters } from '#lib/contracts/dead-letters.ts';
import { countOf, formatCount } from '#lib/count-format.ts';

/** What a dead letter is looked for by; null stands for an event type that cannot be read. */
export type LetterFilter = {
  readonly projection?: string;
  readonly category?: string;
  readonly eventType?: string | null;
  readonly errorGroup?: string;
  readonly aggregateId?: string;
};

const CATEGORIES: Readonly<Record<string, string>> = {
  'unknown-type': 'Unknown type',
  unreadable: 'Unreadable',
  gap: 'Event missing',
  conflict: 'Conflict',
  constraint: 'Refused by database',
  handler: 'Code throws',
};

/** Why an event failed, in two or three words; one that this page does not know by its own name. */
export function nameCategory(category: string): string {
  return CATEGORIES[category] ?? category;
}

/** "12+" where not all were counted, "unknown" where nobody knows. */
export function formatKnown(count: number | null, atLeast = false): string {
  return count === null ? 'unknown' : `${formatCount(count)}${atLeast ? '+' : ''}`;
}

/** Which letters a cause is made of. */
export function toCauseFilter(
  { projection, category, eventType, errorGroup }: DeadLetterCause,
  aggregateId: string | null,
): LetterFilter {
  const narrow = aggregateId === null ? {} : { aggregateId };
  return { projection, category, eventType, errorGroup, ...narrow };
}

/** How many there are of what is listed. */
export function toSummary({ causes, hasMore, total, atLeast }: DeadLetters, noun: string): string {
  const count = hasMore
    ? `First ${formatCount(causes.length)} causes`
    : countOf(causes.length, 'cause');
  return `${count}, ${atLeast ? `${formatCount(total)}+ ${noun}s` : countOf(total, noun)}`;
}

/** Where an event shows: its own page where the journal has it, else its aggregate's timeline. */
export function toEventHref(
  { nameAggregate }: ConsoleWords,
  { aggregateId, eventId, isInJournal }: DeadLetterItem,
): string {
  return eventId !== null && isInJournal
    ? `/events/${encodeURIComponent(eventId)}`
    : `${nameAggregate(aggregateId).href}?tab=timeline`;
}

/** Where the time machine stands at the event. */
export function toTimeMachineHref(
  { nameAggregate }: ConsoleWords,
  { aggregateId, eventSequence }: Pick<DeadLetterItem, 'aggregateId' | 'eventSequence'>,
): string {
  return `${nameAggregate(aggregateId).href}?tab=time-machine&seq=${eventSequence}`;
}

/** What leaving an event out of a view, or without one out of all that wait at it, changes for ever. */
export function describeSkip(
  words: ConsoleWords,
  letter: DeadLetterItem,
  view: string | null,
): string {
  const { noun } = words.nameAggregate(letter.aggregateId);
  const place =
    view === null
      ? 'every view that waits at it,'
      : view === 'journal'
        ? 'the journal, and so of every projection,'
        : `${words.nameView(view).label},`;
  return [
    `${nameEvent(letter)} is left out, for ever, of ${place} and what waits behind it is applied.`,
    'From then on what they hold differs from the events, which reconcile shows as explained by this skip.',
    letter.isUnfoldable
      ? `Commands on the ${noun} stay refused: no program can fold the event.`
      : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** Why a letter cannot be skipped; null where it can. */
export function toSkipRefusal({ category }: Pick<DeadLetterItem, 'category'>): string | null {
  return category === 'conflict'
    ? 'A conflict cannot be skipped, only resolved: repair the aggregate, on its Integrity tab.'
    : null;
}
