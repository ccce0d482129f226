import type { Aggregate } from '#server/runtime/event-store/aggregate.ts';
import type { DomainEvent } from '#server/runtime/event-store/recorded-event.ts';
import type { TableNames } from '#server/runtime/platform/table-names.ts';
import type { FollowingEvent } from '#server/runtime/views/is-next.ts';

/** What every hot item has. */
export type HotItem = {
  /** How far into the aggregate's events it has come. */
  readonly sequence: number;
  /** The id of the event `sequence`: another event of that sequence is a conflict. */
  readonly eventId: string;
  /** When it was last rebuilt from the event store; folding keeps it. ISO 8601. */
  readonly rebuiltAt?: string | undefined;
};

/**
 * A read model in DynamoDB of one kind of aggregate: one item each, for reads by key in a millisecond.
 * Methods, so that views of all kinds can stand side by side.
 */
export type HotView<Item extends HotItem = HotItem, Event extends DomainEvent = DomainEvent> = {
  /** Its table is called so, behind the installation's prefix. */
  readonly name: string;
  /** Whose events it is folded from. */
  readonly aggregate: Pick<Aggregate<unknown, Event>, 'type' | 'events'>;
  /** The table's partition key, which holds the aggregate's own id (without its type): `accountId`. */
  readonly key: string;
  /**
   * Of its items' shape and of what they mean; every item carries the one that it was written by. With
   * another one in the code, items are folded anew from the event store.
   */
  readonly version: number;
  /** Checks an item as it is stored. Throws when it is not one of the view's. */
  parse(stored: unknown): Item;
  /** As it is stored; the key and the version are added to it. */
  toItem(item: Item): Record<string, unknown>;
  /**
   * The item after more events, in order; those that it holds already change nothing (`isNext`).
   * Throws SEQUENCE_GAP at a gap. Pure.
   */
  fold(held: Item | undefined, events: readonly FollowingEvent<Event>[]): Item | undefined;
};

/** Gives a hot view its precise type. */
export function defineHotView<Item extends HotItem, Event extends DomainEvent>(
  view: HotView<Item, Event>,
): HotView<Item, Event> {
  return view;
}

/** The table of a hot view. */
export function hotTableOf({ prefix }: TableNames, { name }: Pick<HotView, 'name'>): string {
  return `${prefix}${name}`;
}
