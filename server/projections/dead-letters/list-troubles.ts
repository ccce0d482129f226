import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { desc, inArray, ne, or } from 'drizzle-orm';
import { deadLetters } from '#server/journal/dead-letters-table.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import type { Db } from '#server/platform/postgres.ts';
import { HOT_VIEWS } from './dead-letter-deps.ts';
import { type HotLetter, toHotLetter } from './hot-letters.ts';
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

/** The same of the hot views; what cannot be read of them shows as such. */
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
  return Items.flatMap((item) => toHotTroubles(toHotLetter(item)));
}

/** A hot view's letter in brief: stacks and stored items are left out. */
export function toHotTroubles({ projection, aggregateId, dead, skipped }: HotLetter): Trouble[] {
  const toTrouble = (event: HotEvent, skip: Trouble['skipped']): Trouble => {
    const { eventSequence, eventId, eventType, category, error, errorGroup } = event;
    const place = { view: projection, aggregateId, eventSequence, eventId, eventType };
    return { ...place, category, error, errorGroup, skipped: skip };
  };
  return [
    ...(dead === undefined ? [] : [toTrouble(dead, null)]),
    ...skipped.map(({ at, actor, reason, ...event }) =>
      toTrouble(event, { by: actor, at, reason }),
    ),
  ];
}

type HotEvent = Omit<Trouble, 'view' | 'aggregateId' | 'skipped'>;
