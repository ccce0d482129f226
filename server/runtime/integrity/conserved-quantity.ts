import type { DomainEvent } from '#server/runtime/event-store/recorded-event.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';

/** By how much an event changes what there is of a quantity. */
export type QuantityChange = {
  /** What it is counted in: a currency. */
  readonly unit: string;
  /** In the unit's smallest part; negative for less. */
  readonly amount: bigint;
  /** The transfer that it is one side of: both sides cancel out. Null where it comes in or goes out. */
  readonly transfer: string | null;
};

/**
 * Something that nothing but certain events makes and takes away, money for one: what a view holds of it
 * altogether is what all events come to. Methods, so that those of all modules can stand side by side.
 */
export type ConservedQuantity<Event extends DomainEvent = DomainEvent> = {
  /** Its module's name for it. */
  readonly name: string;
  /** The view in PostgreSQL that holds it. */
  readonly view: Pick<PostgresView, 'name' | 'version' | 'aggregate'>;
  /** What the view holds altogether, by unit. It may read all rows: nothing waits for it. */
  readHeld(tx: Tx): Promise<ReadonlyMap<string, bigint>>;
  /** Undefined where an event changes nothing of it. Pure. */
  toChange(event: Event): QuantityChange | undefined;
};
