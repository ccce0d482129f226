import { like, sql } from 'drizzle-orm';
import { journalAggregates } from '#server/runtime/journal/journal-table.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';

/** Aggregates drawn at random, and how many there are to draw from. */
export type DrawnAggregates = { readonly drawn: readonly string[]; readonly aggregates: number };

/** Draws at most `size` of the aggregates that the journal knows, of one type where it is given. */
export async function drawAggregates(
  db: Db,
  size: number,
  type?: string,
): Promise<DrawnAggregates> {
  const isMeant = type === undefined ? undefined : like(journalAggregates.aggregateId, `${type}#%`);
  const aggregates = await db.$count(journalAggregates, isMeant);
  const rows = await db
    .select({ aggregateId: journalAggregates.aggregateId })
    .from(journalAggregates)
    .where(isMeant)
    .orderBy(sql`random()`)
    .limit(size);
  return { drawn: rows.map(({ aggregateId }) => aggregateId), aggregates };
}
