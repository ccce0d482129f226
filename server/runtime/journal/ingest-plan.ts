import { groupBy } from '#lib/group-by.ts';
import {
  type BrokenEvent,
  type DeliveredEvent,
  isBroken,
} from '#server/runtime/event-store/delivered-event.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';

/**
 * The range of an aggregate's events, both ends included, that the journal lacks before it can take
 * the batch; some in between may be in the batch.
 */
export type Gap = { readonly aggregateId: string; readonly from: number; readonly to: number };

/** How the journal stands with some aggregates. */
export type Standing = {
  /** The sequences that it holds; 0 of an aggregate that is not there. */
  readonly heads: ReadonlyMap<string, number>;
  /** The sequence of the dead letter at which an aggregate waits. */
  readonly dead: ReadonlyMap<string, number>;
  /** Aggregates that wait at a conflict within what the journal has (`findConflicts`). */
  readonly conflicting?: ReadonlySet<string>;
};

/** What a batch means for a journal. */
export type IngestPlan = {
  /** New events: by first arrival across aggregates, by sequence within one. */
  readonly events: readonly StoredEvent[];
  /** The new sequence of each aggregate that moves. */
  readonly heads: ReadonlyMap<string, number>;
  readonly gaps: readonly Gap[];
  /** What the journal cannot take: their aggregates wait there. */
  readonly broken: readonly BrokenEvent[];
  /** What came more than once in the batch itself, without its first time. */
  readonly repeated: readonly DeliveredEvent[];
};

/**
 * Compares a batch, in whatever order and with whatever repetitions it came, with what the journal
 * holds. Duplicates fall out, and so does what waits behind a dead letter: it is in the event store,
 * and is read from there when the dead letter is retried or skipped. Pure.
 */
export function planIngest(
  batch: readonly DeliveredEvent[],
  { heads, dead, conflicting }: Standing,
): IngestPlan {
  const newHeads = new Map<string, number>();
  const events: StoredEvent[] = [];
  const gaps = new Map<string, Gap>();
  const broken = new Map<string, BrokenEvent>();
  const repeated: DeliveredEvent[] = [];
  for (const event of inOrder(batch)) {
    const { aggregateId, eventSequence } = event;
    const head = newHeads.get(aggregateId) ?? heads.get(aggregateId) ?? 0;
    const isWaiting =
      dead.get(aggregateId) === head + 1 ||
      broken.has(aggregateId) ||
      conflicting?.has(aggregateId);
    if (eventSequence <= head || isWaiting) {
      if (eventSequence <= head && eventSequence > (heads.get(aggregateId) ?? 0)) {
        repeated.push(event);
      }
      continue;
    }
    if (eventSequence > head + 1) {
      const from = gaps.get(aggregateId)?.from ?? head + 1;
      gaps.set(aggregateId, { aggregateId, from, to: eventSequence - 1 });
    }
    if (isBroken(event)) {
      broken.set(aggregateId, event);
    } else {
      events.push(event);
      newHeads.set(aggregateId, eventSequence);
    }
  }
  return {
    events,
    heads: newHeads,
    gaps: [...gaps.values()],
    broken: [...broken.values()],
    repeated,
  };
}

/**
 * Arrival order, except that an aggregate's events change places among themselves until they are in
 * the order of their sequences.
 */
function inOrder(batch: readonly DeliveredEvent[]): DeliveredEvent[] {
  const sorted = new Map<string, Iterator<DeliveredEvent>>();
  for (const [aggregateId, events] of groupBy(batch, (event) => event.aggregateId)) {
    events.sort((a, b) => a.eventSequence - b.eventSequence);
    sorted.set(aggregateId, events.values());
  }
  return batch.flatMap(({ aggregateId }) => {
    const next = sorted.get(aggregateId)?.next();
    return next === undefined || next.done ? [] : [next.value];
  });
}
