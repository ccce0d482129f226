import { and, count, desc, eq, ilike, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { EventsPage } from '#lib/contracts/queries.ts';
import { requireAccountId } from '#server/commands/require-account-id.ts';
import { toAggregateId } from '#server/domain/recorded-event.ts';
import { journal } from '#server/journal/journal-table.ts';
import type { Db } from '#server/platform/postgres.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { toJournalItem } from '../event-item.ts';
import { toFacets } from '../facets.ts';
import { containsPattern } from '../like-pattern.ts';
import { listParam, pageParams, textParam } from '../parse-query.ts';
import { readSnapshot } from '../snapshot.ts';
import { getHead } from './journal-head.ts';

/** Several `type` or `actor` widen the filter; `q` is part of an event id, account or payload. */
export const eventsQuerySchema = z.object({
  type: listParam,
  actor: listParam,
  accountId: textParam,
  correlationId: textParam,
  q: textParam,
  ...pageParams,
});
type EventsQuery = z.infer<typeof eventsQuerySchema>;
type Filter = Omit<EventsQuery, keyof typeof pageParams>;

const placeSchema = z.object({ position: z.number().int() });
const actorOf = sql<string>`${journal.metadata} ->> 'actor'`;

/**
 * A page of the journal, newest first. Total and facets are of the whole filter, a facet without
 * its own dimension. Throws INVALID_INPUT for another list's cursor.
 */
export async function getEventsPage(db: Db, query: EventsQuery): Promise<EventsPage> {
  const { cursor, limit } = query;
  const behind =
    cursor === undefined
      ? undefined
      : lt(journal.position, parseCursor(placeSchema, cursor).position);
  return readSnapshot(db, async (tx) => {
    const head = await getHead(tx);
    const rows = await tx
      .select()
      .from(journal)
      .where(and(toFilter(query), toNarrowing(query), behind))
      .orderBy(desc(journal.position))
      .limit(limit + 1);
    const cells = await tx
      .select({ one: journal.eventType, other: actorOf, count: count() })
      .from(journal)
      .where(toFilter(query))
      .groupBy(journal.eventType, actorOf);
    const { total, one, other } = toFacets(cells, { one: query.type, other: query.actor });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map(toJournalItem),
      total,
      nextCursor: rows.length > limit && last ? encodeCursor({ position: last.position }) : null,
      facets: { eventType: one, actor: other },
      head,
    };
  });
}

/** The dimensions that have facets. */
function toNarrowing({ type, actor }: Filter): SQL | undefined {
  return and(
    type.length > 0 ? inArray(journal.eventType, type) : undefined,
    actor.length > 0 ? inArray(actorOf, actor) : undefined,
  );
}

function toFilter({ accountId, correlationId, q }: Filter): SQL | undefined {
  return and(
    accountId ? eq(journal.aggregateId, toAggregateId(requireAccountId(accountId))) : undefined,
    correlationId ? eq(journal.correlationId, correlationId) : undefined,
    q ? matchesEvent(q) : undefined,
  );
}

function matchesEvent(q: string): SQL | undefined {
  const pattern = containsPattern(q);
  return or(
    ilike(journal.eventId, pattern),
    ilike(journal.aggregateId, pattern),
    ilike(sql`${journal.eventData}::text`, pattern),
  );
}
