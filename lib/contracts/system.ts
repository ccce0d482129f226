import { z } from 'zod';
import { alertResponseSchema } from './alerts.ts';
import { consumerStatusSchema, faring, healthSchema, projectionLagSchema } from './queries.ts';

const time = z.string();

/**
 * How fresh a view is against the event store, the first of these that holds. paused: by an operator.
 * stopped: nothing moves it (no worker, tables of another version). stuck: an error is being retried
 * for ten seconds or more. unknown: something that says so cannot be asked. blocked: some aggregates
 * wait at dead letters, all others go on. behind: it moves, and events are on their way. fresh: it
 * holds every event.
 */
export const FRESHNESS_STATES = [
  'paused',
  'stopped',
  'stuck',
  'unknown',
  'blocked',
  'behind',
  'fresh',
] as const;

export const viewFreshnessSchema = z.object({
  /** A projection, `journal`, or `hot-views`. */
  view: z.string(),
  state: z.enum(FRESHNESS_STATES).catch('unknown'),
  /** Events of the event store that it does not hold; null where they cannot be counted. */
  eventsBehind: z.number().nullable(),
  /** The count was cut short: there may be more. */
  atLeast: z.boolean(),
  /** Since when the oldest of these waits; null without one, and where that is not known. */
  behindSince: time.nullable(),
  /** From how many seconds behind it is a cause for attention; null while PostgreSQL does not say. */
  thresholdSeconds: z.number().nullable(),
  /** Why it is not fresh, as a sentence; null where the count says it all. */
  reason: z.string().nullable(),
  /** Since when the state lasts, where that is known. */
  since: time.nullable(),
});
export type ViewFreshness = z.infer<typeof viewFreshnessSchema>;

/** A view in DynamoDB. They follow the stream together, so that each is as fresh as the consumer. */
export const hotViewStatusSchema = z.object({
  name: z.string(),
  version: z.number(),
  ...faring,
  freshness: viewFreshnessSchema,
});
export type HotViewStatus = z.infer<typeof hotViewStatusSchema>;

/** An event that some views wait at, or that was left out of them. */
export const eventTroubleSchema = z.object({
  aggregateId: z.string(),
  eventSequence: z.number(),
  /** Null, like its type, where it cannot be read at all. */
  eventId: z.string().nullable(),
  eventType: z.string().nullable(),
  /** What is the matter, as a code and as a sentence. */
  code: z.string(),
  sentence: z.string(),
  /** The views in which the aggregate waits at it, and those that it was left out of. */
  waitsIn: z.array(z.string()),
  skippedIn: z.array(z.string()),
  /** Who skipped it last, when and why. */
  skipped: z.object({ by: z.string(), at: time, reason: z.string() }).nullable(),
  /** No program can fold it: commands on the aggregate are refused, skipped or not. */
  isUnfoldable: z.boolean(),
});
export type EventTrouble = z.infer<typeof eventTroubleSchema>;

/** Events with the same mistake: the first of them, and how many there are. */
export const causeSchema = z.object({
  id: z.string(),
  /** waits: aggregates wait at these events. skipped: they were left out, but cannot be folded. */
  kind: z.enum(['waits', 'skipped']).catch('waits'),
  events: z.array(eventTroubleSchema),
  count: z.number(),
});
export type Cause = z.infer<typeof causeSchema>;

/** How an aggregate's events stand, from the event store, and what is the matter with them. */
export const aggregateStandingSchema = z.object({
  /** Its newest event; null while the event store does not answer. */
  newestSequence: z.number().nullable(),
  /** The first event that cannot be folded: the aggregate's state is known up to the one before. */
  wall: z.object({ sequence: z.number(), sentence: z.string() }).nullable(),
  troubles: z.array(eventTroubleSchema),
  /** Why a part of it is not known now. */
  problems: z.array(z.string()),
});
export type AggregateStanding = z.infer<typeof aggregateStandingSchema>;

/** A webhook that is disabled, or whose receiver takes nothing: since when, and why. */
export const failingWebhookSchema = z.object({
  name: z.string(),
  status: z.string(),
  failingSince: time.nullable(),
  lastError: z.string().nullable(),
});
export type FailingWebhook = z.infer<typeof failingWebhookSchema>;

/**
 * Everything that a page needs to say how fresh it is, as the server saw it at one moment (`at`). What
 * a database that does not answer would tell is null, or `unknown`.
 */
export const systemStateSchema = z.object({
  at: time,
  health: healthSchema,
  /** When a worker last reported; null where none ever did, and where that cannot be asked. */
  workerSeenAt: time.nullable(),
  lag: projectionLagSchema.nullable(),
  consumers: z.array(consumerStatusSchema).nullable(),
  views: z.array(viewFreshnessSchema),
  hotViews: z.array(hotViewStatusSchema),
  /** By view, how many aggregates wait at dead letters in it; null where they cannot be counted. */
  waiting: z.record(z.string(), z.number().nullable()),
  causes: z.array(causeSchema),
  /** Null while PostgreSQL does not say. */
  failingWebhooks: z.array(failingWebhookSchema).nullable(),
  /** What operators have acknowledged or snoozed; null while PostgreSQL does not say. */
  alertResponses: z.array(alertResponseSchema).nullable(),
  /** The launcher that started this web server and restarts its own worker; null without one. */
  launcher: z.string().nullable(),
});
export type SystemState = z.infer<typeof systemStateSchema>;
