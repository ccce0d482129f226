import type { z } from 'zod';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import type { DomainEvent } from './recorded-event.ts';

/** A stored payload: JSON's values. */
export type StoredPayload = Readonly<Record<string, unknown>>;

/** How the events of one type are stored. */
export type EventSpec<Data extends object = object> = {
  /** The version of the payload's schema that is written today; 1 is the first. */
  readonly schemaVersion: number;
  /** Between the payload in memory and the stored one, in both directions. */
  readonly codec: z.ZodType<Data, object>;
  /** By the version that each starts from: the stored payload of one version as that of the next. */
  readonly upcasters?: Readonly<Record<number, (payload: StoredPayload) => StoredPayload>>;
};

/**
 * What a module says of a kind of aggregate. Methods, not function properties: so the runtime can hold
 * aggregates of all kinds side by side, and hands each one only what that one has made.
 */
export type Aggregate<State = unknown, Event extends DomainEvent = DomainEvent> = {
  /** In front of every id: `account` in `account#CZ-1`. Lower-case letters, digits and hyphens. */
  readonly type: string;
  /** The id that a person means, in its one form; undefined for what can be none. */
  parseId(text: string): string | undefined;
  /** Before the first event. */
  readonly initialState: State;
  /** The state after one more event. Throws when the event cannot have followed. Pure. */
  evolve(state: State, event: Event & { readonly timestamp: string }): State;
  readonly events: {
    readonly [Type in Event['eventType']]: EventSpec<
      Extract<Event, { readonly eventType: Type }>['eventData']
    >;
  };
  /** Types of events after which no other one follows: an aggregate that has one is archived as a whole. */
  readonly finalEvents?: readonly Event['eventType'][];
  readonly snapshot: {
    /** Raised with every change of the state's shape or of `evolve`: older snapshots are not found then. */
    readonly version: number;
    readonly codec: z.ZodType<State, object>;
  };
};

/** As much of a kind of aggregate as its events' codec needs. */
export type EventTypes = Pick<Aggregate, 'type' | 'events'>;

/** Every kind of aggregate that the process knows, by type. */
export type Aggregates = ReadonlyMap<string, Aggregate>;

/** The kind of the aggregate; undefined for one that no module of this process has. */
export function aggregateOf<Kind>(
  aggregates: ReadonlyMap<string, Kind>,
  aggregateId: string,
): Kind | undefined {
  return aggregates.get(parseAggregateId(aggregateId).type);
}
