import type { HotDead } from '#server/runtime/dead-letters/hot-dead-letters.ts';
import { isBroken } from '#server/runtime/event-store/delivered-event.ts';
import { toFailure } from '#server/runtime/platform/failure.ts';
import type { EntriesByAggregate, HistoryEntry } from './history-entry.ts';

/** An event that a hot view could not take, and why. */
export type HotFailure = {
  readonly entry: HistoryEntry;
  readonly error: unknown;
};

/** The failure of aggregates as a whole: of the first of the events that came for each. */
export function toFailures(
  aggregateIds: readonly string[],
  entries: EntriesByAggregate,
  error: unknown,
): HotFailure[] {
  return aggregateIds.flatMap((aggregateId) => {
    const [entry] = entries.get(aggregateId) ?? [];
    return entry === undefined ? [] : [{ entry, error }];
  });
}

/** An item of DynamoDB cannot hold another one as a whole; that one is in the event store. */
const MAX_RAW_ITEM = 20_000;
const MAX_NAME = 1_000;

/** What is kept of a failure; undefined when it is transient. */
export function toHotDead(
  { entry: { source }, error }: HotFailure,
  { attempts, firstFailedAt, now }: { attempts: number; firstFailedAt: string; now: Date },
): HotDead | undefined {
  const { aggregateId, eventSequence, eventId, eventType } = source;
  const failure = toFailure(error, { aggregateId, eventId: eventId ?? undefined });
  if (failure === 'transient') {
    return undefined;
  }
  return {
    eventSequence,
    eventId: eventId?.slice(0, MAX_NAME) ?? null,
    eventType: eventType?.slice(0, MAX_NAME) ?? null,
    ...failure,
    rawItem: isBroken(source) ? (source.rawItem?.slice(0, MAX_RAW_ITEM) ?? null) : null,
    attempts,
    firstFailedAt,
    lastFailedAt: now.toISOString(),
    status: 'dead',
  };
}
