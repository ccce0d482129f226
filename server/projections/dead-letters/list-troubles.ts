import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { desc, inArray, ne, or } from 'drizzle-orm';
import { z } from 'zod';
import { deadLetters } from '#server/journal/dead-letters-table.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { FAILURE_CATEGORIES } from '#server/platform/failure.ts';
import type { Db } from '#server/platform/postgres.ts';
import { HOT_VIEWS } from './dead-letter-deps.ts';
import { type Trouble, UNFOLDABLE } from './trouble.ts';

/** So many of each database are looked at. */
const MOST = 500;

/**
 * The newest dead letters of ingest and of the projections, and of the skipped events those that no
 * fold can take in.
 */
export async function listProjectedTroubles(db: Db): Promise<Trouble[]> {
  const rows = await db
    .select()
    .from(deadLetters)
    .where(or(ne(deadLetters.status, 'skipped'), inArray(deadLetters.category, [...UNFOLDABLE])))
    .orderBy(desc(deadLetters.lastFailedAt))
    .limit(MOST);
  return rows.map(toProjectedTrouble);
}

/** A row of `dead_letters` in brief. */
export function toProjectedTrouble(row: typeof deadLetters.$inferSelect): Trouble {
  const { projection: view, aggregateId, eventSequence, eventId, eventType } = row;
  const { category, error, errorGroup, skippedAt, skippedBy, skipReason } = row;
  const skipped =
    skippedAt === null
      ? null
      : { by: skippedBy ?? '', at: skippedAt.toISOString(), reason: skipReason ?? '' };
  const event = { aggregateId, eventSequence, eventId, eventType };
  return { view, ...event, category, error, errorGroup, skipped };
}

const eventSchema = z.object({
  eventSequence: z.number(),
  eventId: z.string().nullable(),
  eventType: z.string().nullable(),
  category: z.enum(FAILURE_CATEGORIES),
  error: z.string(),
  errorGroup: z.string(),
});

const itemSchema = z.object({
  projection: z.string(),
  aggregateId: z.string(),
  /** Where the key is not the aggregate's id itself (`toLetterKey`). */
  wholeId: z.string().optional(),
  dead: eventSchema.optional(),
  skipped: z
    .array(eventSchema.extend({ at: z.string(), actor: z.string(), reason: z.string() }))
    .default([]),
});

/** The same of the hot views; stacks and stored items are left out. */
export async function listHotTroubles(dynamo: Dynamo): Promise<Trouble[]> {
  const found = await Promise.all(HOT_VIEWS.map((view) => listView(dynamo, view)));
  return found
    .flat()
    .filter(({ skipped, category }) => skipped === null || UNFOLDABLE.includes(category));
}

async function listView({ documents, tables }: Dynamo, view: string): Promise<Trouble[]> {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: tables.deadLetters,
      KeyConditionExpression: '#projection = :view',
      ExpressionAttributeNames: { '#projection': 'projection' },
      ExpressionAttributeValues: { ':view': view },
      ConsistentRead: true,
      Limit: MOST,
    }),
  );
  return Items.flatMap((item) => toHotTroubles(item));
}

/** An item of the table `dead-letters` in brief. */
export function toHotTroubles(item: unknown): Trouble[] {
  const { projection: view, aggregateId, wholeId, dead, skipped } = itemSchema.parse(item);
  const place = { view, aggregateId: wholeId ?? aggregateId };
  return [
    ...(dead === undefined ? [] : [{ ...place, ...dead, skipped: null }]),
    ...skipped.map(({ at, actor, reason, ...event }) => ({
      ...place,
      ...event,
      skipped: { by: actor, at, reason },
    })),
  ];
}
