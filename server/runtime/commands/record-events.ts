import { randomUUID } from 'node:crypto';
import { type Aggregates, aggregateOf } from '../event-store/aggregate.ts';
import { foldEvents, type LoadedState } from '../event-store/fold-events.ts';
import type { RecordedEvent } from '../event-store/recorded-event.ts';
import type { Accepted } from './decision.ts';

/** What one command adds to one aggregate: the events, and what the aggregate then is. */
export type Addition = {
  readonly aggregateId: string;
  readonly events: readonly RecordedEvent[];
  readonly loaded: LoadedState;
  /** States on the way that are worth a snapshot. */
  readonly keyframes: readonly LoadedState[];
};

type Cause = {
  readonly actor: string;
  readonly commandId: string;
  readonly commandType: string;
  readonly correlationId: string;
};

/**
 * The events of an accepted command as they will be stored, each after its aggregate's version. Throws for
 * a decision on an aggregate, or with an event, of no registered type.
 */
export function recordEvents(
  aggregates: Aggregates,
  { actor, commandId, commandType, correlationId }: Cause,
  decision: Accepted,
  loadedOf: (aggregateId: string) => LoadedState,
): Addition[] {
  const written = [...decision.events].filter(([, decided]) => decided.length > 0);
  return written.map(([aggregateId, decided]) => {
    const base = loadedOf(aggregateId);
    const aggregate = aggregateOf(aggregates, aggregateId);
    const events = decided.map((event, index): RecordedEvent => {
      const version = aggregate?.events[event.eventType]?.schemaVersion;
      if (version === undefined) {
        throw new Error(`${commandType} decides on ${event.eventType} of ${aggregateId}.`);
      }
      return {
        aggregateId,
        eventSequence: base.version + 1 + index,
        eventId: randomUUID(),
        correlationId,
        causationId: commandId,
        timestamp: decision.timestamp,
        version,
        metadata: { actor, commandId, commandType },
        ...event,
      };
    });
    if (aggregate === undefined) {
      throw new Error(`${commandType} decides on ${aggregateId}, which is of no registered type.`);
    }
    return { aggregateId, events, ...foldEvents(aggregate, base, events) };
  });
}
