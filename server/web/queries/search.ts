import { asc, desc, ilike, like, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { SearchAnswer } from '#lib/contracts/queries.ts';
import { fromAggregateId } from '#server/domain/recorded-event.ts';
import { journal } from '#server/journal/journal-table.ts';
import type { Db, Tx } from '#server/platform/postgres.ts';
import { accounts } from '#server/projections/accounts/accounts-table.ts';
import { startsWithPattern } from '../like-pattern.ts';
import { textParam } from '../parse-query.ts';
import { readSnapshot } from '../snapshot.ts';
import { matchesAccount } from './accounts-page.ts';

const MOST_ACCOUNTS = 8;
const MOST_EVENTS = 5;

/** Shorter beginnings of an event id name too many events to be a search for one. */
const SHORTEST_EVENT_ID = 4;

export const searchQuerySchema = z.object({ q: textParam });

/** What the palette finds: accounts by owner or number, those that begin so first, and events. */
export async function search(
  db: Db,
  { q = '' }: z.infer<typeof searchQuerySchema>,
): Promise<SearchAnswer> {
  return readSnapshot(db, async (tx) => ({
    accounts: q === '' ? [] : await findAccounts(tx, q),
    events: q.length < SHORTEST_EVENT_ID ? [] : await findEvents(tx, q),
  }));
}

function findAccounts(db: Tx, q: string) {
  const beginning = startsWithPattern(q);
  const isBeginning = sql`(${ilike(accounts.owner, beginning)} or ${ilike(accounts.number, beginning)})`;
  return db
    .select({
      accountId: accounts.accountId,
      owner: accounts.owner,
      currency: accounts.currency,
    })
    .from(accounts)
    .where(matchesAccount(q))
    .orderBy(desc(isBeginning), asc(accounts.owner), asc(accounts.accountId))
    .limit(MOST_ACCOUNTS);
}

async function findEvents(db: Tx, q: string) {
  const found = await db
    .select({
      eventId: journal.eventId,
      eventType: journal.eventType,
      aggregateId: journal.aggregateId,
    })
    .from(journal)
    .where(like(journal.eventId, startsWithPattern(q.toLowerCase())))
    .orderBy(desc(journal.position))
    .limit(MOST_EVENTS);
  return found.map(({ aggregateId, ...event }) => ({
    ...event,
    accountId: fromAggregateId(aggregateId),
  }));
}
