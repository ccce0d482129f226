import { randomUUID } from 'node:crypto';
import type { Accepted } from '#server/domain/decision.ts';
import { type RecordedEvent, toAggregateId } from '#server/domain/recorded-event.ts';
import { CURRENT_VERSIONS } from '#server/event-store/event-schemas.ts';
import { foldEvents, type LoadedState } from '#server/event-store/fold-events.ts';

/** What one command adds to one account: the events, and what the account then is. */
export type Addition = {
  readonly accountId: string;
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

/** The events of an accepted command as they will be stored, each after its account's version. */
export function recordEvents(
  { actor, commandId, commandType, correlationId }: Cause,
  decision: Accepted,
  loadedOf: (accountId: string) => LoadedState,
): Addition[] {
  const written = [...decision.events].filter(([, decided]) => decided.length > 0);
  return written.map(([accountId, decided]) => {
    const base = loadedOf(accountId);
    const events = decided.map(
      (event, index): RecordedEvent => ({
        aggregateId: toAggregateId(accountId),
        eventSequence: base.version + 1 + index,
        eventId: randomUUID(),
        correlationId,
        causationId: commandId,
        timestamp: decision.timestamp,
        version: CURRENT_VERSIONS[event.eventType],
        metadata: { actor, commandId, commandType },
        ...event,
      }),
    );
    return { accountId, events, ...foldEvents(base, events) };
  });
}
