import { isPlayheadError } from '#lib/playhead-error.ts';
import {
  type DeliveredEvent,
  isBroken,
  toDeliveredEvent,
  toMissingEvent,
} from './delivered-event.ts';
import type { EventStore } from './event-store.ts';
import { parseMalformedItemId } from './malformed-item-id.ts';
import type { StoredEvent } from './stored-event.ts';

/**
 * An aggregate's events `from` to `to` in order, up to the first broken one, which comes last. With
 * `areKnown` all of them must be there; else the history may end before `to`. Of an item that is in no
 * history (`toMalformedItemId`) it is the item, as long as that is there. Throws what the store
 * throws but for EVENT_UNREADABLE.
 */
export async function readDelivered(
  store: Pick<EventStore, 'read' | 'getRawItem'>,
  aggregateId: string,
  { from, to }: { readonly from: number; readonly to: number },
  { areKnown }: { readonly areKnown: boolean },
): Promise<DeliveredEvent[]> {
  const malformed = parseMalformedItemId(aggregateId);
  if (malformed !== undefined) {
    const item =
      from > 1 ? undefined : await store.getRawItem(malformed.aggregateId, malformed.eventSequence);
    return item === undefined ? [] : [toDeliveredEvent(item)];
  }
  let events: StoredEvent[];
  try {
    events = await store.read(aggregateId, { from, to });
  } catch (error) {
    if (!isPlayheadError(error, 'EVENT_UNREADABLE')) {
      throw error;
    }
    if (from === to) {
      const item = await store.getRawItem(aggregateId, from);
      return [item === undefined ? toMissingEvent(aggregateId, from) : toDeliveredEvent(item)];
    }
    const middle = Math.floor((from + to) / 2);
    const range = { from, to: middle };
    const first = await readDelivered(store, aggregateId, range, { areKnown });
    const isWhole = first.length === middle - from + 1 && !first.some(isBroken);
    if (!isWhole) {
      return first;
    }
    const rest = { from: middle + 1, to };
    return [...first, ...(await readDelivered(store, aggregateId, rest, { areKnown }))];
  }
  const gap = events.findIndex(({ eventSequence }, index) => eventSequence !== from + index);
  const present = gap === -1 ? events : events.slice(0, gap);
  const isMissing = gap !== -1 || (areKnown && present.length < to - from + 1);
  return isMissing ? [...present, toMissingEvent(aggregateId, from + present.length)] : present;
}
