import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { desc, inArray, ne, or } from 'drizzle-orm';
import type { HotView } from '#server/runtime/hot-views/hot-view.ts';
import { deadLetters } from '#server/runtime/journal/dead-letters-table.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { type HotDeadLetter, toHotDeadLetter } from './hot-dead-letters.ts';
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
export async function listHotTroubles(
  dynamo: Dynamo,
  hotViews: readonly Pick<HotView, 'name'>[],
): Promise<Trouble[]> {
  const found = await Promise.all(hotViews.map(({ name }) => listView(dynamo, name)));
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
  return Items.flatMap((item) => toHotTroubles(toHotDeadLetter(item)));
}

/** A hot view's letter in brief: stacks and stored items are left out. */
export function toHotTroubles({
  projection,
  aggregateId,
  dead,
  skipped,
}: HotDeadLetter): Trouble[] {
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
