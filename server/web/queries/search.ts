import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { SearchAnswer } from '#lib/contracts/queries.ts';
import { journal } from '#server/runtime/journal/journal-table.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { startsWithPattern } from '#server/runtime/queries/like-pattern.ts';
import { textParam } from '#server/runtime/queries/parse-query.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import type { Registry } from '#server/runtime/registry.ts';

/** Of each module. */
const MOST_AGGREGATES = 8;
const MOST_EVENTS = 5;

/** So many of those found are put in order. */
const MOST_SORTED = 500;

/** Shorter beginnings of an event id name too many events to be a search for one. */
const SHORTEST_EVENT_ID = 4;

export const searchQuerySchema = z.object({ q: textParam });

/** What the palette finds: aggregates of every module that can be searched, and events. */
export async function search(
  db: Db,
  { modules }: Pick<Registry, 'modules'>,
  { q = '' }: z.infer<typeof searchQuerySchema>,
): Promise<SearchAnswer> {
  return readSnapshot(db, async (tx) => {
    const aggregates: SearchAnswer['aggregates'] = [];
    for (const module of q === '' ? [] : modules) {
      aggregates.push(...((await module.search?.(tx, q, MOST_AGGREGATES)) ?? []));
    }
    return { aggregates, events: q.length < SHORTEST_EVENT_ID ? [] : await findEvents(tx, q) };
  });
}

async function findEvents(tx: Tx, q: string): Promise<SearchAnswer['events']> {
  const found = await tx.execute<SearchAnswer['events'][number]>(sql`
    SELECT event_id AS "eventId", event_type AS "eventType", aggregate_id AS "aggregateId" FROM (
      SELECT event_id, event_type, aggregate_id, position FROM ${journal}
      WHERE event_id LIKE ${startsWithPattern(q.toLowerCase())} LIMIT ${MOST_SORTED}
    ) AS found
    ORDER BY position DESC LIMIT ${MOST_EVENTS}`);
  return [...found];
}
