import { PlayheadError } from '#lib/playhead-error.ts';
import type { HistoryEntry } from './history-entry.ts';
import type { HotItem, HotView } from './hot-view.ts';

/** An event that is another one than the item's last, with the same sequence. */
export function findConflict(
  item: HotItem | undefined,
  events: readonly HistoryEntry[],
): HistoryEntry | undefined {
  return events.find(
    ({ eventSequence, source: { eventId } }) =>
      eventSequence === item?.sequence && eventId !== null && eventId !== item.eventId,
  );
}

/** The EVENT_CONFLICT that says so to people. */
export function toConflict(
  { name }: Pick<HotView<HotItem>, 'name'>,
  item: HotItem,
  { source: { aggregateId, eventId } }: HistoryEntry,
): PlayheadError {
  return new PlayheadError(
    'EVENT_CONFLICT',
    `Event ${item.sequence} of ${aggregateId} came as ${eventId}, but ${name} holds it as ` +
      `${item.eventId}. Retry it: the item is folded anew from the event store.`,
  );
}
