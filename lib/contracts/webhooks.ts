import { z } from 'zod';
import { PAGE_LINKS } from './page-links.ts';

const time = z.string();

/** Where events are sent, and how far that has come. */
export const webhookSchema = z.object({
  name: z.string(),
  url: z.string(),
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
