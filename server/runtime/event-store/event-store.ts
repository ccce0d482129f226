import type { ExactNumber } from '#server/runtime/platform/exact-number.ts';
import type { Aggregates } from './aggregate.ts';
import type { CommandRecord } from './command-record.ts';
import type { DeliveredEvent } from './delivered-event.ts';
import type { EventCodec } from './event-codec.ts';
import type { LoadedState } from './fold-events.ts';
import type { StoredEvent } from './stored-event.ts';

/**
 * What an append came to. Contention is expected, so it is data: `conflict` names the first
 * aggregate, written or only read, that had moved on; `duplicate` hands over the record of the command's first run.
 */
export type AppendResult =
  | { readonly kind: 'appended' }
  | { readonly kind: 'conflict'; readonly aggregateId: string }
  | { readonly kind: 'duplicate'; readonly record: CommandRecord };

/** An aggregate as it was read: `version` is its last event's sequence, 0 where it had none. */
export type AggregateVersion = { readonly aggregateId: string; readonly version: number };

/** The event store: events and command records in DynamoDB. Nothing else writes these tables. */
export type EventStore = EventCodec & {
  /** Every kind of aggregate whose events it decodes. */
  readonly aggregates: Aggregates;

  /**
   * Writes all events of one command, over one or several aggregates or none at all, and its record, in
   * one TransactWriteItems: all or nothing, and nothing unless the aggregates in `unchanged`, which the
   * command only read, have no later event. Each aggregate's events must follow the version that the
   * caller loaded: sequence n + 1 only after reading n is what keeps the sequences without gaps. An
   * aggregate is either written or unchanged. Throws TOO_MANY_EVENTS over 100 items (one for each event,
   * each aggregate that was only read, and the record), EVENT_TOO_LARGE over 400 KB an item or 4 MB in
   * all; THROTTLED, CONTENTION and DYNAMODB_UNAVAILABLE after bounded retries.
   */
  readonly append: (
    events: readonly StoredEvent[],
    record: CommandRecord,
    unchanged?: readonly AggregateVersion[],
  ) => Promise<AppendResult>;

  /** The record of a command that was accepted before. */
  readonly getCommand: (commandId: string) => Promise<CommandRecord | undefined>;

  /**
   * The newest state, consistently read: folded on from `known`, else from the newest usable
   * snapshot. Throws EVENT_UNREADABLE, naming the event, and AGGREGATE_TYPE_UNKNOWN.
   */
  readonly load: (aggregateId: string, known?: LoadedState) => Promise<LoadedState>;

  /** The state after `sequence` (or the newest one when there are fewer events). */
  readonly loadAt: (aggregateId: string, sequence: number) => Promise<LoadedState>;

  /** Keeps states as snapshots, for `load` and `loadAt` to start from. */
  readonly saveSnapshots: (aggregateId: string, states: readonly LoadedState[]) => Promise<void>;

  /**
   * Events `from` to `to` (both included) in order, consistently read, all pages; the archive's among
   * them. Throws ARCHIVE_UNAVAILABLE and ARCHIVE_DAMAGED, as everything does that reads old events.
   */
  readonly read: (
    aggregateId: string,
    range?: { readonly from?: number; readonly to?: number },
  ) => Promise<StoredEvent[]>;

  /**
   * The newest `limit` events with a sequence up to `upTo`, newest first; an item that is no event
   * comes as a broken one.
   */
  readonly readBackwards: (
    aggregateId: string,
    options: { readonly upTo?: number; readonly limit: number },
  ) => Promise<DeliveredEvent[]>;

  /** The newest event's sequence, known by its key alone: of one that cannot be read as well. 0 without any. */
  readonly getNewestSequence: (aggregateId: string) => Promise<number>;
  /** The stored item as it is, for an operator's eyes; the archive's as well. */
  readonly getRawItem: (
    aggregateId: string,
    sequence: ExactNumber,
  ) => Promise<Record<string, unknown> | undefined>;

  /**
   * Every event of the events table, in pages; order holds within an aggregate only. What was taken out
   * of it is not among them: who needs an aggregate's history reads what is missing before its first event
   * here. An aggregate's newest event is always there. Throws EVENT_UNREADABLE for an item that is not an event.
   */
  readonly scan: (options?: { readonly segments?: number }) => AsyncIterable<StoredEvent[]>;

  /** The same for those who must get past an item that is not an event: it comes as a broken one. */
  readonly scanDelivered: (options?: {
    readonly segments?: number;
  }) => AsyncIterable<DeliveredEvent[]>;
};
