import type { Cause, EventTrouble } from '#lib/contracts/system.ts';
import { groupBy } from '#lib/group-by.ts';
import { type Trouble, UNFOLDABLE } from './trouble.ts';

/** So many events of a cause are named. */
const MOST_EVENTS = 50;

/**
 * Events by what is behind them: an event that no view can take in is one cause, and so are many
 * events with the same mistake. What waits comes first. Pure.
 */
export function toCauses(troubles: readonly Trouble[]): Cause[] {
  const kinds = new Map<string, Cause & { events: EventTrouble[]; count: number }>();
  for (const letters of groupByEvent(troubles)) {
    const event = toEventTrouble(letters);
    const kind = event.waitsIn.length > 0 ? 'waits' : 'skipped';
    // Views word the same mistake differently: the first one's words stand for the event.
    const id = JSON.stringify([kind, event.eventType, letters[0].errorGroup]);
    const cause = kinds.get(id) ?? { id, kind, events: [], count: 0 };
    kinds.set(id, cause);
    cause.count += 1;
    if (cause.events.length < MOST_EVENTS) {
      cause.events.push(event);
    }
  }
  return [...kinds.values()].toSorted((a, b) => b.kind.localeCompare(a.kind));
}

/** What is the matter with each event, over all views. Pure. */
export function toEventTroubles(troubles: readonly Trouble[]): EventTrouble[] {
  return groupByEvent(troubles)
    .map(toEventTrouble)
    .toSorted((a, b) => a.eventSequence - b.eventSequence);
}

type Letters = readonly [Trouble, ...Trouble[]];

function groupByEvent(troubles: readonly Trouble[]): Letters[] {
  const events = groupBy(troubles, ({ aggregateId, eventSequence }) =>
    JSON.stringify([aggregateId, eventSequence]),
  );
  return [...events.values()].flatMap(([first, ...rest]) => (first ? [[first, ...rest]] : []));
}

function toEventTrouble(letters: Letters): EventTrouble {
  const [{ aggregateId, eventSequence, category, error }] = letters;
  const skips = letters.flatMap(({ skipped }) => skipped ?? []);
  return {
    aggregateId,
    eventSequence,
    eventId: letters.find(({ eventId }) => eventId !== null)?.eventId ?? null,
    eventType: letters.find(({ eventType }) => eventType !== null)?.eventType ?? null,
    code: category,
    sentence: error,
    waitsIn: letters.filter(({ skipped }) => skipped === null).map(({ view }) => view),
    skippedIn: letters.filter(({ skipped }) => skipped !== null).map(({ view }) => view),
    skipped: skips.toSorted((a, b) => b.at.localeCompare(a.at))[0] ?? null,
    isUnfoldable: UNFOLDABLE.includes(category),
  };
}
