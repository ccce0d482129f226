import { z } from 'zod';
import { PAGE_LINKS } from './page-links.ts';

const time = z.string();

export const webhookNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'A name has lower-case letters, digits and hyphens.');

const urlSchema = z
  .string()
  .max(2_000)
  .regex(
    /^(https?:\/\/|sns:|eventbridge:)[!-~]+$/i,
    'A webhook’s address begins with https:// or http://, sns: or eventbridge:.',
  );

const typesSchema = z
  .array(z.string().regex(/^[A-Za-z][\w-]{0,99}$/, 'A type has letters, digits and hyphens.'))
  .max(100);

/** events: as they were recorded. entities: what events made of what modules publish, where that changed. */
export const WEBHOOK_CONTENTS = ['events', 'entities'] as const;

/** A webhook that is to be made; types are of aggregates and of events, without any: all. */
export const newWebhookSchema = z.strictObject({
  name: webhookNameSchema,
  url: urlSchema,
  sends: z.enum(WEBHOOK_CONTENTS).default('events'),
  aggregateTypes: typesSchema.default([]),
  eventTypes: typesSchema.default([]),
});
export type NewWebhook = z.output<typeof newWebhookSchema>;

/** What is to be another of a webhook; what is absent stays. */
export const webhookChangeSchema = z.strictObject({
  url: urlSchema.optional(),
  aggregateTypes: typesSchema.optional(),
  eventTypes: typesSchema.optional(),
});
export type WebhookChange = z.output<typeof webhookChangeSchema>;

/** What requests are signed with: the answer to making it, and to nothing else. */
export const shownSecretSchema = z.object({ name: z.string(), secret: z.string() });

/** A webhook that was made; null: what is sent to AWS is signed by the worker's credentials. */
export const madeWebhookSchema = z.object({ name: z.string(), secret: z.string().nullable() });

/** Where events are sent, and how far that has come. */
export const webhookSchema = z.object({
  name: z.string(),
  url: z.string(),
  /** Events or entities; a newer program may know others. */
  sends: z.string(),
  /** Types of aggregates and of events that are sent; empty: all. */
  aggregateTypes: z.array(z.string()),
  eventTypes: z.array(z.string()),
  /** A newer program may know others. */
  status: z.string(),
  position: z.number(),
  /** Events of the journal that it has not looked at. */
  behind: z.number(),
  attempts: z.number(),
  failingSince: time.nullable(),
  lastError: z.string().nullable(),
  nextAttemptAt: time.nullable(),
});
export type WebhookState = z.infer<typeof webhookSchema>;

/** What a replay would send: everything behind a position that the webhook is meant to be sent. */
export const replayPreviewSchema = z.object({
  position: z.number(),
  events: z.number(),
  /** There are more: so many were counted. */
  atLeast: z.boolean(),
});

/** GET /api/webhooks */
export const webhooksSchema = z.object({ items: z.array(webhookSchema) });

/** An attempt to send an event. */
export const webhookDeliverySchema = z.object({
  id: z.number(),
  position: z.number(),
  eventId: z.string(),
  eventType: z.string(),
  aggregateId: z.string(),
  attempt: z.number(),
  outcome: z.string(),
  httpStatus: z.number().nullable(),
  error: z.string().nullable(),
  milliseconds: z.number(),
  at: time,
});
export type WebhookDeliveryState = z.infer<typeof webhookDeliverySchema>;

/** GET /api/webhooks/[name]/deliveries: newest first. */
export const webhookDeliveriesSchema = z.object({
  items: z.array(webhookDeliverySchema),
  ...PAGE_LINKS,
});
