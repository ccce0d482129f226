import type { ScannedEvent } from './event-line.ts';

/** An aggregate's events that are to be archived, both ends included. */
export type Range = { readonly from: number; readonly to: number };

/** What is to be archived. */
export type RangePlan = {
  readonly ranges: ReadonlyMap<string, Range>;
  /** Aggregates that are taken whole because they are closed. */
  readonly closed: number;
  /** Items that are old enough and cannot be taken: no events, or behind what is missing or no event. */
  readonly left: number;
};

type Seen = {
  /** The sequence that must come next for the aggregate's history to be whole. */
  next: number;
  /** Up to which event it is old enough. */
  oldTo: number;
  newestType: string;
  isWhole: boolean;
};

type Settings = {
  /** The first moment that is too young, in the form of events' timestamps. */
  readonly before: string;
  /** Up to which event each aggregate is archived already. */
  readonly archived: ReadonlyMap<string, number>;
  /** Whether no event follows one of this type. */
  readonly isFinal: (aggregateId: string, eventType: string) => boolean;
};

/**
 * Decides what is archived, as the store's items go by, each aggregate's in order: from every aggregate
 * the events that follow what is archived, up to the first one that is too young; all of them when the
 * newest one closes it. What is archived of an aggregate is so always its first n events, without a gap.
 * It remembers some numbers for each aggregate.
 */
export function createRangePlanner({ before, archived, isFinal }: Settings) {
  const seen = new Map<string, Seen>();
  let left = 0;

  function add(event: ScannedEvent | undefined): void {
    if (event === undefined) {
      left += 1;
      return;
    }
    const { aggregateId, eventSequence, eventType, timestamp } = event;
    const upTo = archived.get(aggregateId) ?? 0;
    const known = seen.get(aggregateId);
    const found = known ?? { next: upTo + 1, oldTo: upTo, newestType: '', isWhole: true };
    seen.set(aggregateId, found);
    found.newestType = eventType;
    if (eventSequence <= upTo) {
      return;
    }
    if (eventSequence !== found.next) {
      found.isWhole = false;
      left += timestamp < before ? 1 : 0;
      return;
    }
    found.next += 1;
    if (timestamp < before && found.oldTo === eventSequence - 1) {
      found.oldTo = eventSequence;
    }
  }

  function finish(): RangePlan {
    const ranges = new Map<string, Range>();
    let closed = 0;
    for (const [aggregateId, { next, oldTo, newestType, isWhole }] of seen) {
      const isClosed = isWhole && isFinal(aggregateId, newestType);
      const from = (archived.get(aggregateId) ?? 0) + 1;
      const to = isClosed ? next - 1 : oldTo;
      if (to >= from) {
        ranges.set(aggregateId, { from, to });
        closed += isClosed ? 1 : 0;
      }
    }
    return { ranges, closed, left };
  }

  return { add, finish };
}
