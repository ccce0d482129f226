import { parseAggregateId, toAggregateId } from '#lib/aggregate-id.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { requireAggregate } from '#server/runtime/event-store/load-state.ts';
import { isMalformedItemId } from '#server/runtime/event-store/malformed-item-id.ts';

type Store = Pick<EventStore, 'aggregates' | 'getNewestSequence'>;

/**
 * The aggregate that an operator means: by its type and id (`account#A-1`), by its id alone where that is
 * enough, or by what stands for an item that is of none. Throws AGGREGATE_TYPE_UNKNOWN,
 * AGGREGATE_NOT_FOUND for a text that can be no id, and INVALID_INPUT where several have it.
 */
export async function findAggregateId(store: Store, text: string): Promise<string> {
  if (isMalformedItemId(text)) {
    return text;
  }
  const given = parseAggregateId(text);
  if (given.type !== '') {
    const id = requireAggregate(store.aggregates, text).parseId(given.id);
    return id === undefined ? notFound(text) : toAggregateId(given.type, id);
  }
  const possible = [...store.aggregates.values()].flatMap((aggregate) => {
    const id = aggregate.parseId(text);
    return id === undefined ? [] : toAggregateId(aggregate.type, id);
  });
  const [first, second] = possible;
  if (first === undefined) {
    return notFound(text);
  }
  if (second === undefined) {
    return first;
  }
  const versions = await Promise.all(possible.map(store.getNewestSequence));
  const existing = possible.filter((_, index) => (versions[index] ?? 0) > 0);
  if (existing.length > 1) {
    const sentence = `There are ${existing.join(' and ')}: say which one.`;
    throw new PlayheadError('INVALID_INPUT', sentence);
  }
  return existing[0] ?? first;
}

function notFound(text: string): never {
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  throw new PlayheadError('AGGREGATE_NOT_FOUND', `There is no “${short}”.`);
}
