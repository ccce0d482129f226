import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Outline } from '#lib/contracts/aggregates.ts';
import { journal, journalAggregates } from '#server/runtime/journal/journal-table.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';

/** So many events of a bucket are counted by type, so that a long history costs no more than a short one. */
const MOST_COUNTED = 500;

export const outlineQuerySchema = z.object({
  buckets: z.coerce.number().int().min(1).max(400).default(200),
});

type Row = { from: number; to: number; at: string | null; type: string | null; count: number };

/**
 * An aggregate's history in at most `buckets` ranges of its sequences, from the journal: the time of each
 * range's first event, and how many events of each type it has. Empty for an aggregate that the journal
 * does not hold.
 */
export async function getOutline(
  db: Db,
  aggregateId: string,
  { buckets: most }: z.infer<typeof outlineQuerySchema>,
): Promise<Outline> {
  const [newest] = await db
    .select({ version: journalAggregates.eventSequence })
    .from(journalAggregates)
    .where(eq(journalAggregates.aggregateId, aggregateId));
  const version = newest?.version ?? 0;
  const size = Math.max(1, Math.ceil(version / most));
  const rows = await db.execute<Row>(sql`
    select range.from, range.to, found.type, coalesce(found.count, 0)::int as count,
      to_char(found.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from (
      select first as from, least(first + ${size} - 1, ${version}) as to
      from generate_series(1, ${version}::int, ${size}::int) as first
    ) as range
    left join lateral (
      select event_type as type, count(*) as count, min(timestamp) as at
      from (
        select event_type, timestamp from ${journal}
        where ${journal.aggregateId} = ${aggregateId}
          and ${journal.eventSequence} between range.from and range.to
        order by ${journal.eventSequence} limit ${MOST_COUNTED}
      ) as counted
      group by event_type
    ) as found on true
    order by range.from, found.type`);
  return { version, isSampled: size > MOST_COUNTED, buckets: toBuckets(rows) };
}

/** The rows of one range after another, together. */
function toBuckets(rows: Iterable<Row>): Outline['buckets'] {
  const buckets: Outline['buckets'] = [];
  for (const { from, to, at, type, count } of rows) {
    const last = buckets.at(-1);
    if (last?.from === from) {
      last.at = at !== null && (last.at === null || at < last.at) ? at : last.at;
      Object.assign(last.types, type === null ? {} : { [type]: count });
    } else {
      buckets.push({ from, to, at, types: type === null ? {} : { [type]: count } });
    }
  }
  return buckets;
}
