import { isPlayheadError, PlayheadError } from '#lib/playhead-error.ts';
import type { Aggregate } from '#server/runtime/event-store/aggregate.ts';
import { type DeliveredEvent, isBroken } from '#server/runtime/event-store/delivered-event.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { foldEvent, type LoadedState } from '#server/runtime/event-store/fold-events.ts';
import { requireAggregate } from '#server/runtime/event-store/load-state.ts';
import { readDelivered } from '#server/runtime/event-store/read-delivered.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { foldToWall, type Wall } from './fold-to-wall.ts';
import { checkSequence, requireVersion } from './require-version.ts';

export const MAX_FRAMES = 500;

/** An aggregate after one event; sequence 0 is before its first event, without an event. */
export type StateFrame = {
  readonly sequence: number;
  readonly event: StoredEvent | undefined;
  readonly state: unknown;
};

/** Frames, the aggregate's newest sequence, and the first event in the range that cannot be folded. */
export type FrameRange = {
  readonly frames: readonly StateFrame[];
  readonly version: number;
  readonly wall: Wall | null;
};

/**
 * Consecutive frames, `from` to `to` (both included; `to` may lie past the newest event), up to the
 * event that cannot be folded, where there is one. Throws INVALID_INPUT for a range over MAX_FRAMES or
 * backwards, AGGREGATE_NOT_FOUND AGGREGATE_TYPE_UNKNOWN and SEQUENCE_NOT_FOUND.
 */
export async function getFrames(
  store: EventStore,
  aggregateId: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<FrameRange> {
  const isRange = Number.isInteger(from) && Number.isInteger(to);
  if (!isRange || to < from || to - from >= MAX_FRAMES) {
    const sentence = `Ask for 1 to ${MAX_FRAMES} frames in ascending order, not ${from} to ${to}.`;
    throw new PlayheadError('INVALID_INPUT', sentence);
  }
  const aggregate = requireAggregate(store.aggregates, aggregateId);
  const first = Math.max(from, 1);
  const [version, start, events] = await Promise.all([
    requireVersion(store, aggregateId),
    foldToWall(store, aggregateId, first - 1),
    to < first ? [] : readDelivered(store, aggregateId, { from: first, to }, { areKnown: false }),
  ]);
  checkSequence(aggregateId, from, version);
  if ('wall' in start) {
    return { frames: [], version, wall: start.wall };
  }
  const frames: StateFrame[] = [];
  if (from === 0) {
    frames.push({ sequence: 0, event: undefined, state: start.loaded.state });
  }
  let { loaded } = start;
  for (const event of events) {
    const next = tryFold(store, aggregate, loaded, event);
    if ('wall' in next) {
      return { frames, version: Math.max(version, loaded.version), wall: next.wall };
    }
    loaded = next.loaded;
    frames.push({ sequence: loaded.version, event: next.event, state: loaded.state });
  }
  return { frames, version: Math.max(version, loaded.version), wall: null };
}

function tryFold(
  { decode }: Pick<EventStore, 'decode'>,
  aggregate: Aggregate,
  loaded: LoadedState,
  event: DeliveredEvent,
): { readonly loaded: LoadedState; readonly event: StoredEvent } | { readonly wall: Wall } {
  const sequence = event.eventSequence;
  if (isBroken(event)) {
    return { wall: { sequence, sentence: event.problem.message } };
  }
  try {
    return { loaded: foldEvent(aggregate, loaded, decode(event)), event };
  } catch (error) {
    if (isPlayheadError(error, 'EVENT_UNREADABLE')) {
      return { wall: { sequence, sentence: error.message } };
    }
    throw error;
  }
}
