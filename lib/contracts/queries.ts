import { z } from 'zod';

/** Answers of the console's API. Minor units travel as strings, times as ISO 8601 in UTC. */
const minorUnits = z.string().regex(/^-?\d+$/);
const time = z.string();

/** How far a read model had come when a view was read. */
export const freshnessSchema = z.object({
  projection: z.string(),
  position: z.number(),
  head: z.number(),
  eventsBehind: z.number(),
  secondsBehind: z.number(),
});
export type Freshness = z.infer<typeof freshnessSchema>;

export const accountRowSchema = z.object({
  accountId: z.string(),
  number: z.string(),
  owner: z.string(),
  currency: z.string(),
  overdraftLimit: minorUnits,
  balance: minorUnits,
  status: z.enum(['open', 'closed']),
  openedAt: time,
  closedAt: time.nullable(),
  lastActivityAt: time,
  /** The account's event sequence in this view. */
  version: z.number(),
});
export type AccountRow = z.infer<typeof accountRowSchema>;

const facetSchema = z.array(z.object({ value: z.string(), count: z.number() }));

export const accountsPageSchema = z.object({
  items: z.array(accountRowSchema),
  total: z.number(),
  /** Total and facets are lower bounds: there are more. */
  atLeast: z.boolean(),
  nextCursor: z.string().nullable(),
  facets: z.object({ status: facetSchema, currency: facetSchema }),
  freshness: freshnessSchema,
});
export type AccountsPage = z.infer<typeof accountsPageSchema>;

/** `source` says where the answer came from: a read model, or a fold of the event store. */
export const accountAnswerSchema = z.object({
  account: accountRowSchema,
  source: z.enum(['read-model', 'event-store']),
  freshness: freshnessSchema.nullable(),
});
export type AccountAnswer = z.infer<typeof accountAnswerSchema>;

export const accountSummarySchema = z.object({
  deposits: z.number(),
  withdrawals: z.number(),
  transfersIn: z.number(),
  transfersOut: z.number(),
  totalIn: minorUnits,
  totalOut: minorUnits,
  largestIn: minorUnits,
  largestOut: minorUnits,
  lowestBalance: minorUnits,
  highestBalance: minorUnits,
  months: z.array(z.object({ month: z.string(), in: minorUnits, out: minorUnits })),
  days: z.array(z.object({ day: z.string(), closing: minorUnits })),
  freshness: freshnessSchema,
});
export type AccountSummary = z.infer<typeof accountSummarySchema>;

export const transactionSchema = z.object({
  eventId: z.string(),
  sequence: z.number(),
  type: z.enum(['deposit', 'withdrawal', 'transfer-in', 'transfer-out']),
  amount: minorUnits,
  balanceAfter: minorUnits,
  currency: z.string(),
  description: z.string().nullable(),
  counterparty: z.string().nullable(),
  bookedAt: time,
  /** The calendar day that the bank of an imported statement names, where it is known. */
  bookingDate: z.string().optional(),
});
export type Transaction = z.infer<typeof transactionSchema>;

export const ledgerPageSchema = z.object({
  items: z.array(transactionSchema),
  total: z.number(),
  /** The total is a lower bound: there are more. */
  atLeast: z.boolean(),
  /** What this answer leaves out; null when nothing. */
  note: z.string().nullable(),
  nextCursor: z.string().nullable(),
  freshness: freshnessSchema,
});
export type LedgerPage = z.infer<typeof ledgerPageSchema>;

/** What DynamoDB's hot views hold of one account: each with the sequence that it is at. */
export const hotViewsSchema = z.object({
  balance: z
    .object({ balance: minorUnits, currency: z.string(), status: z.string(), sequence: z.number() })
    .nullable(),
  recent: z.object({ items: z.array(transactionSchema), sequence: z.number() }).nullable(),
  /** Why this program cannot use an item: another version's, unreadable, or at a conflict. */
  problems: z.object({ balance: z.string().nullable(), recent: z.string().nullable() }),
});
export type HotViews = z.infer<typeof hotViewsSchema>;

/** An event for a list; `position` is null while it is read from the event store. */
export const eventItemSchema = z.object({
  position: z.number().nullable(),
  eventId: z.string(),
  aggregateId: z.string(),
  accountId: z.string(),
  eventSequence: z.number(),
  eventType: z.string(),
  eventData: z.record(z.string(), z.unknown()),
  correlationId: z.string(),
  causationId: z.string(),
  timestamp: time,
  version: z.number(),
  metadata: z.object({ actor: z.string(), commandId: z.string(), commandType: z.string() }),
});
export type EventItem = z.infer<typeof eventItemSchema>;

/** What lies in the place of an event and is none: why, and the item as JSON. */
export const unreadableItemSchema = z.object({
  eventSequence: z.number(),
  unreadable: z.string(),
  rawItem: z.string().nullable(),
});
export type UnreadableItem = z.infer<typeof unreadableItemSchema>;

/** An account's events from the event store, newest first. */
export const timelinePageSchema = z.object({
  items: z.array(z.union([eventItemSchema, unreadableItemSchema])),
  version: z.number(),
  nextCursor: z.string().nullable(),
});
export type TimelinePage = z.infer<typeof timelinePageSchema>;
export type TimelineItem = TimelinePage['items'][number];

/** The global feed from the journal, newest first. */
export const eventsPageSchema = z.object({
  items: z.array(eventItemSchema),
  total: z.number(),
  /** Total and facets are lower bounds: there are more. */
  atLeast: z.boolean(),
  /** What this answer leaves out; null when nothing. */
  note: z.string().nullable(),
  nextCursor: z.string().nullable(),
  facets: z.object({ eventType: facetSchema, actor: facetSchema }),
  head: z.number(),
});
export type EventsPage = z.infer<typeof eventsPageSchema>;

/**
 * One event by its id: as read, as it lies in the store (null while the event store does not
 * answer), and its neighbours in the account.
 */
export const eventDetailSchema = z.object({
  event: eventItemSchema,
  rawItem: z.record(z.string(), z.unknown()).nullable(),
  previousEventId: z.string().nullable(),
  nextEventId: z.string().nullable(),
});
export type EventDetail = z.infer<typeof eventDetailSchema>;

/** The state folded up to `sequence`; sequence 0 is before the account was opened. */
export const frameSchema = z.object({
  sequence: z.number(),
  event: eventItemSchema.nullable(),
  state: z.record(z.string(), z.string()),
});
export type Frame = z.infer<typeof frameSchema>;

/** Consecutive frames, for scrubbing without a request per step. */
export const framesSchema = z.object({
  frames: z.array(frameSchema),
  version: z.number(),
  /** The first event up to the range's end that cannot be folded: there are no frames from it on. */
  wall: z.object({ sequence: z.number(), sentence: z.string() }).nullable(),
});
export type Frames = z.infer<typeof framesSchema>;

/** The balance after each of some sequences: at most as many points as were asked for. */
export const curveSchema = z.object({
  currency: z.string(),
  points: z.array(z.object({ sequence: z.number(), at: time, balance: minorUnits })),
  freshness: freshnessSchema,
});
export type Curve = z.infer<typeof curveSchema>;

/** A state that a newer server may say otherwise is unknown to a page that was loaded before it. */
const engineState = z.enum(['up', 'down', 'unknown']).catch('unknown');

/**
 * running: at work or waiting for events; stuck: an error has been retried for ten seconds or more;
 * blocked: some accounts wait at dead letters, all others go on; paused: by an operator; outdated: its
 * tables hold another version than the code, it waits for a rebuild; rebuilding: a new generation is
 * filled beside the one that serves; down: no worker runs it; unknown: DynamoDB, where workers report,
 * does not answer.
 */
const projectionStatus = z
  .enum(['running', 'stuck', 'blocked', 'paused', 'outdated', 'rebuilding', 'down', 'unknown'])
  .catch('unknown');

/** `reason`: why it is not simply running, or the error that is being retried; null without one. */
const faring = { status: projectionStatus, reason: z.string().nullable(), since: time.nullable() };

export const healthSchema = z.object({
  status: z.enum(['ok', 'degraded']).catch('degraded'),
  web: z.object({ state: engineState }),
  worker: z.object({ state: engineState, detail: z.string().optional() }),
  dynamodb: z.object({ state: engineState, detail: z.string().optional() }),
  postgresql: z.object({ state: engineState, detail: z.string().optional() }),
  /** Empty while PostgreSQL does not answer. */
  projections: z.array(z.object({ name: z.string(), ...faring })),
});
export type Health = z.infer<typeof healthSchema>;

export const projectionStatusSchema = z.object({
  name: z.string(),
  version: z.number(),
  ...faring,
  position: z.number(),
  eventsBehind: z.number(),
  secondsBehind: z.number(),
  /** When its checkpoint last moved; null before its first start. */
  updatedAt: time.nullable(),
});
export type ProjectionStatus = z.infer<typeof projectionStatusSchema>;

export const consumerStatusSchema = z.object({
  name: z.string(),
  shardId: z.string(),
  /** outdated: what it feeds may have items of another version; a rebuild brings all. */
  status: z
    .enum(['running', 'stuck', 'blocked', 'outdated', 'paused', 'down', 'unknown'])
    .catch('unknown'),
  /** Why it is paused, blocked or outdated; null else. */
  reason: z.string().nullable(),
  checkpoint: z.string().nullable(),
  /** Counted in the stream from the checkpoint on; `atLeast` when the count was cut short. */
  eventsBehind: z.number().nullable(),
  atLeast: z.boolean(),
  secondsBehind: z.number().nullable(),
  updatedAt: time.nullable(),
  error: z.string().nullable(),
});
export type ConsumerStatus = z.infer<typeof consumerStatusSchema>;

/**
 * Lag behind the journal (/api/lag/projections) and behind the stream (/api/lag/consumers). Two
 * answers, because each comes from its own database and must be seen while the other one is down.
 */
export const projectionLagSchema = z.object({
  head: z.number(),
  projections: z.array(projectionStatusSchema),
});
export type ProjectionLag = z.infer<typeof projectionLagSchema>;

export const consumerLagSchema = z.object({ consumers: z.array(consumerStatusSchema) });
export type ConsumerLag = z.infer<typeof consumerLagSchema>;

/** The account's last event at or before a time; 0 before it was opened. */
export const sequenceAtSchema = z.object({ sequence: z.number() });
export type SequenceAt = z.infer<typeof sequenceAtSchema>;

/**
 * The journal in figures: totals, and arrivals in each of the last 120 whole seconds, oldest first;
 * `eventsPerSecond` is the mean of the last ten.
 */
export const statsSchema = z.object({
  accounts: z.number(),
  events: z.number(),
  eventsPerSecond: z.number(),
  arrivals: z.array(z.object({ at: time, events: z.number() })),
  totals: z.array(z.object({ currency: z.string(), accounts: z.number(), balance: minorUnits })),
});
export type Stats = z.infer<typeof statsSchema>;

/** What the palette finds. */
export const searchSchema = z.object({
  accounts: z.array(z.object({ accountId: z.string(), owner: z.string(), currency: z.string() })),
  events: z.array(z.object({ eventId: z.string(), eventType: z.string(), accountId: z.string() })),
});
export type SearchAnswer = z.infer<typeof searchSchema>;

/** Every failed answer of the API. */
export const apiErrorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), field: z.string().optional() }),
});
