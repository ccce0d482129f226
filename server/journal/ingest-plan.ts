import { groupBy } from '#lib/group-by.ts';
import type { StoredEvent } from '#server/event-store/stored-event.ts';

/**
 * The range of an aggregate's events, both ends included, that the journal lacks before it can take
 * the batch; some in between may be in the batch.
 */
export type Gap = { readonly aggregateId: string; readonly from: number; readonly to: number };

/** What a batch means for a journal whose aggregates stand at certain sequences. */
export type IngestPlan = {
  /** New events: by first arrival across aggregates, by sequence within one. */
  readonly events: readonly StoredEvent[];
  /** The new sequence of each aggregate that moves. */
  readonly heads: ReadonlyMap<string, number>;
  readonly gaps: readonly Gap[];
};

/**
 * Compares a batch, in whatever order and with whatever repetitions it came, with the sequences
 * that the journal holds (`heads`; 0 when an aggregate is not there). Duplicates fall out. Pure.
 */
export function planIngest(
  batch: readonly StoredEvent[],
  heads: ReadonlyMap<string, number>,
): IngestPlan {
  const newHeads = new Map<string, number>();
  const events: StoredEvent[] = [];
  const gaps = new Map<string, Gap>();
  for (const event of inOrder(batch)) {
    const { aggregateId, eventSequence } = event;
    const head = newHeads.get(aggregateId) ?? heads.get(aggregateId) ?? 0;
    if (eventSequence <= head) {
      continue;
    }
    if (eventSequence > head + 1) {
      const from = gaps.get(aggregateId)?.from ?? head + 1;
      gaps.set(aggregateId, { aggregateId, from, to: eventSequence - 1 });
    }
    events.push(event);
    newHeads.set(aggregateId, eventSequence);
  }
  return { events, heads: newHeads, gaps: [...gaps.values()] };
}

/**
 * Arrival order, except that an aggregate's events change places among themselves until they are in
 * the order of their sequences.
 */
function inOrder(batch: readonly StoredEvent[]): StoredEvent[] {
  const sorted = new Map<string, Iterator<StoredEvent>>();
  for (const [aggregateId, events] of groupBy(batch, (event) => event.aggregateId)) {
    events.sort((a, b) => a.eventSequence - b.eventSequence);
    sorted.set(aggregateId, events.values());
  }
  return batch.flatMap(({ aggregateId }) => {
    const next = sorted.get(aggregateId)?.next();
    return next === undefined || next.done ? [] : [next.value];
  });
}
