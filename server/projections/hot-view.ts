import type { RecordedEvent } from '#server/domain/recorded-event.ts';
import type { TableNames } from '#server/platform/table-names.ts';

/** What every hot item has. */
export type HotItem = {
  readonly accountId: string;
  /** How far into the account's events it has come. */
  readonly sequence: number;
  /** The id of the event `sequence`: another event of that sequence is a conflict. */
  readonly eventId: string;
  /** When it was last made anew from the event store; folding keeps it. ISO 8601. */
  readonly rebuiltAt?: string | undefined;
};

/** A read model in DynamoDB: one item per account, for reads by key in a millisecond. */
export type HotView<Item extends HotItem> = {
  readonly name: 'account-balances' | 'recent-transactions';
  /**
   * Of its items' shape and of what they mean; every item carries the one that it was written by. With
   * another one in the code, items are folded anew from the event store.
   */
  readonly version: number;
  readonly table: (tables: TableNames) => string;
  /** Checks an item as it is stored. Throws when it is not one of the view's. */
  readonly parse: (stored: unknown) => Item;
  readonly toItem: (item: Item) => Record<string, unknown>;
  /** The item after more events, in order and without gaps; duplicates change nothing. Pure. */
  readonly fold: (held: Item | undefined, events: readonly RecordedEvent[]) => Item | undefined;
};
