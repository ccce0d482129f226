import { z } from 'zod';
import { PAGE_LINKS } from './page-links.ts';

/** Answers of the console's API. Times travel as ISO 8601 in UTC. */
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

export const facetSchema = z.array(z.object({ value: z.string(), count: z.number() }));

/** A page of a module's list (/api/lists/<view>) whose rows have this shape. */
export const listPageSchema = <Row>(row: z.ZodType<Row>) =>
  z.object({
    items: z.array(row),
    total: z.number(),
    ...PAGE_LINKS,
    /** By column. */
    facets: z.record(z.string(), facetSchema),
    freshness: freshnessSchema,
  });

/** An event for a list; `position` is null while it is read from the event store. */
export const eventItemSchema = z.object({
  position: z.number().nullable(),
  eventId: z.string(),
  aggregateId: z.string(),
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

/** An aggregate's events from the event store, newest first. */
export const timelinePageSchema = z.object({
  items: z.array(z.union([eventItemSchema, unreadableItemSchema])),
  version: z.number(),
  ...PAGE_LINKS,
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
  ...PAGE_LINKS,
  facets: z.object({ aggregateType: facetSchema, eventType: facetSchema, actor: facetSchema }),
  head: z.number(),
});
export type EventsPage = z.infer<typeof eventsPageSchema>;

/**
 * How an event came in. recorded: its command's record says so. not-recorded: the record that must be there
 * is not, so no command wrote it. unknown: the record may have expired, or cannot be read now.
 */
const ORIGINS = ['recorded', 'not-recorded', 'unknown'] as const;
export const originSchema = z.enum(ORIGINS).catch('unknown');
export type Origin = z.infer<typeof originSchema>;

/**
 * One event by its id: as read, as it lies in the store (null while the event store does not
 * answer), and its neighbours in the aggregate.
 */
export const eventDetailSchema = z.object({
  event: eventItemSchema,
  /** When the journal took it in; it was booked at its timestamp. */
  arrivedAt: time,
  rawItem: z.record(z.string(), z.unknown()).nullable(),
  origin: originSchema,
  previousEventId: z.string().nullable(),
  nextEventId: z.string().nullable(),
  /** What the same command brought about in other aggregates: the other side of a transfer. */
  together: z.array(eventItemSchema),
});
export type EventDetail = z.infer<typeof eventDetailSchema>;

/** The state folded up to `sequence`; sequence 0 is before its first event. */
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
export const faring = {
  status: projectionStatus,
  reason: z.string().nullable(),
  since: time.nullable(),
};

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
  /** The worker that runs it; null when none does. */
  worker: z.string().nullable(),
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
  /** The worker that has the shard's lease; null while it is nobody's. */
  worker: z.string().nullable(),
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

/** For how long back the history of lag is shown. */
export const LAG_RANGES = ['hour', 'day'] as const;
export type LagRange = (typeof LAG_RANGES)[number];

/**
 * How far a view was behind the event store, in steps of equal length, oldest first: the most in each
 * step, and what was measured last in it. Null where nothing was measured, which is not none.
 */
export const lagHistorySchema = z.object({
  /** What was measured: of a hot view, the consumer that all of them follow. */
  view: z.string(),
  stepSeconds: z.number(),
  points: z.array(
    z.object({
      /** The beginning of the step. */
      at: time,
      measured: z
        .object({
          maxEvents: z.number(),
          maxSeconds: z.number(),
          lastEvents: z.number(),
          lastSeconds: z.number(),
        })
        .nullable(),
    }),
  ),
});
export type LagHistory = z.infer<typeof lagHistorySchema>;

/** The aggregate's last event at or before a time; 0 before its first. */
export const sequenceAtSchema = z.object({ sequence: z.number() });
export type SequenceAt = z.infer<typeof sequenceAtSchema>;

/** For how long back arrivals are shown: two minutes, a quarter of an hour, an hour, a day. */
export const ARRIVAL_RANGES = ['2m', '15m', '1h', '24h'] as const;
export type ArrivalRange = (typeof ARRIVAL_RANGES)[number];

/** Steps of equal length without gaps, oldest first: when each began, and how many events came in it. */
const arrivalsSchema = z.array(z.object({ at: time, events: z.number() }));

/**
 * The journal in figures: how many events, and arrivals in steps that are over; `eventsPerSecond` is the
 * mean of the last ten seconds, and `commandsPerSecond` that of the commands that brought them about.
 */
export const statsSchema = z.object({
  events: z.number(),
  eventsPerSecond: z.number(),
  commandsPerSecond: z.number(),
  stepSeconds: z.number(),
  arrivals: arrivalsSchema,
});
export type Stats = z.infer<typeof statsSchema>;

/** How many events came into the journal, over a span of time that is as long as was asked for. */
export const volumeSchema = z.object({ stepSeconds: z.number(), arrivals: arrivalsSchema });
export type Volume = z.infer<typeof volumeSchema>;

/**
 * How long it took from a command's being stored until every view in PostgreSQL showed it, in
 * milliseconds, over the newest commands of this web process; null where none could be measured.
 */
export const visibilitySchema = z.object({
  measured: z.object({ commands: z.number(), p50: z.number(), p95: z.number() }).nullable(),
});
export type Visibility = z.infer<typeof visibilitySchema>;

/** An aggregate that a search has found, in its module's words. */
export const foundAggregateSchema = z.object({
  aggregateId: z.string(),
  title: z.string(),
  detail: z.string(),
});
export type FoundAggregate = z.infer<typeof foundAggregateSchema>;

/** What the palette finds. */
export const searchSchema = z.object({
  aggregates: z.array(foundAggregateSchema),
  events: z.array(
    z.object({ eventId: z.string(), eventType: z.string(), aggregateId: z.string() }),
  ),
});
export type SearchAnswer = z.infer<typeof searchSchema>;

/** Every failed answer of the API. */
export const apiErrorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), field: z.string().optional() }),
});
