import type { AccountState } from '#server/domain/account/account-state.ts';
import type { StoredEvent } from './stored-event.ts';

/** What one command did, kept beside its events so that asking twice does it once. */
export type CommandRecord = {
  readonly commandId: string;
  readonly commandType: string;
  /** SHA-256 of the command's payload in canonical form. */
  readonly payloadHash: string;
  readonly tokens: readonly { readonly accountId: string; readonly sequence: number }[];
  readonly acceptedAt: string;
  readonly actor: string;
  readonly correlationId: string;
};

/**
 * What an append came to. Contention is expected, so it is data: `conflict` names the first
 * aggregate that had moved on; `duplicate` hands over the record of the command's first run.
 */
export type AppendResult =
  | { readonly kind: 'appended' }
  | { readonly kind: 'conflict'; readonly aggregateId: string }
  | { readonly kind: 'duplicate'; readonly record: CommandRecord };

/** A state folded from the events 1 to `version`; `version` 0 is before the first one. */
export type LoadedState = { readonly state: AccountState; readonly version: number };

/** The event store: events and command records in DynamoDB. Nothing else writes these tables. */
export type EventStore = {
  /**
   * Writes all events of one command, over one or several aggregates, and its record, in one
   * TransactWriteItems: all or nothing. Throws TOO_MANY_EVENTS over 100 items (the AWS limit, the
   * record included), EVENT_TOO_LARGE over 400 KB an item, THROTTLED and DYNAMODB_UNAVAILABLE after
   * bounded retries.
   */
  readonly append: (events: readonly StoredEvent[], record: CommandRecord) => Promise<AppendResult>;

  /** The record of a command that was accepted before. */
  readonly getCommand: (commandId: string) => Promise<CommandRecord | undefined>;

  /** The newest state, consistently read, from the newest usable snapshot. */
  readonly load: (aggregateId: string) => Promise<LoadedState>;

  /** The state after `sequence` (or the newest one when there are fewer events). */
  readonly loadAt: (aggregateId: string, sequence: number) => Promise<LoadedState>;

  /** Events `from` to `to` (both included) in order, consistently read, all pages. */
  readonly read: (
    aggregateId: string,
    range?: { readonly from?: number; readonly to?: number },
  ) => Promise<StoredEvent[]>;

  /** The newest `limit` events with a sequence up to `upTo`, newest first. */
  readonly readBackwards: (
    aggregateId: string,
    options: { readonly upTo?: number; readonly limit: number },
  ) => Promise<StoredEvent[]>;

  /** The stored item as it is, for an operator's eyes. */
  readonly getRawItem: (
    aggregateId: string,
    sequence: number,
  ) => Promise<Record<string, unknown> | undefined>;

  /** Every event of the store, in pages; order holds within an aggregate only. */
  readonly scan: (options?: { readonly segments?: number }) => AsyncIterable<StoredEvent[]>;
};
