import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, primaryKey, text } from 'drizzle-orm/pg-core';
import { WEBHOOK_CONTENTS } from '#lib/contracts/webhooks.ts';
import { playheadTable } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/** active: events are sent. paused: by an operator. disabled: it failed for too long, or said that it is gone. */
export const WEBHOOK_STATUSES = ['active', 'paused', 'disabled'] as const;

/** Where events are sent, and how far that has come. */
export const webhooks = playheadTable('webhooks', {
  name: text('name').primaryKey(),
  url: text('url').notNull(),
  sends: text('sends', { enum: WEBHOOK_CONTENTS }).notNull().default('events'),
  /** Types of aggregates and of events that are sent; empty: all. */
  aggregateTypes: jsonb('aggregate_types').$type<readonly string[]>().notNull(),
  eventTypes: jsonb('event_types').$type<readonly string[]>().notNull(),
  status: text('status', { enum: WEBHOOK_STATUSES }).notNull().default('active'),
  /** Every event of the journal up to here was sent, set aside, or is not meant. */
  position: bigint('position', { mode: 'number' }).notNull(),
  /** Positions behind it that EventBridge took while one before them failed. */
  ahead: jsonb('ahead').$type<readonly number[]>().notNull().default([]),
  /** How often the next event has failed, since when nothing was taken, why, and when it is tried again. */
  attempts: integer('attempts').notNull().default(0),
  /** How often of these the receiver answered that it does not want it. */
  refusals: integer('refusals').notNull().default(0),
  failingSince: timeColumn('failing_since'),
  lastError: text('last_error'),
  nextAttemptAt: timeColumn('next_attempt_at'),
  createdAt: timeColumn('created_at').notNull().default(sql`clock_timestamp()`),
  /** The worker that sends for it, until this moment unless it renews its claim. */
  claimedBy: text('claimed_by'),
  claimedUntil: timeColumn('claimed_until'),
});

/**
 * What deliveries are signed with: the newest of a webhook, and for a day the one before it. Rows are added, and
 * removed when they sign no more; the web server's role cannot read secrets.
 */
export const webhookSecrets = playheadTable(
  'webhook_secrets',
  {
    name: text('name')
      .notNull()
      .references(() => webhooks.name, { onDelete: 'cascade' }),
    /** `whsec_` and 32 random bytes, base64 (Standard Webhooks). */
    secret: text('secret').notNull(),
    createdAt: timeColumn('created_at').notNull().default(sql`clock_timestamp()`),
  },
  (table) => [primaryKey({ columns: [table.name, table.createdAt] })],
);

/** sent: the receiver took it. failed: it is tried again. set-aside: the receiver refused it for good. */
export const DELIVERY_OUTCOMES = ['sent', 'failed', 'set-aside'] as const;

/** Every attempt to send an event, for a month. */
export const webhookDeliveries = playheadTable(
  'webhook_deliveries',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    webhook: text('webhook')
      .notNull()
      .references(() => webhooks.name, { onDelete: 'cascade' }),
    position: bigint('position', { mode: 'number' }).notNull(),
    eventId: text('event_id').notNull(),
    eventType: text('event_type').notNull(),
    aggregateId: text('aggregate_id').notNull(),
    attempt: integer('attempt').notNull(),
    outcome: text('outcome', { enum: DELIVERY_OUTCOMES }).notNull(),
    /** The HTTP status; null where there was no answer. */
    httpStatus: integer('http_status'),
    error: text('error'),
    milliseconds: integer('milliseconds').notNull(),
    at: timeColumn('at').notNull().default(sql`clock_timestamp()`),
  },
  (table) => [
    index('webhook_deliveries_newest').on(table.webhook, table.id),
    index('webhook_deliveries_age').on(table.at),
  ],
);
