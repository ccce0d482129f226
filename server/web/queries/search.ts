import { or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { SearchAnswer } from '#lib/contracts/queries.ts';
import { fromAggregateId } from '#server/domain/recorded-event.ts';
import { journal } from '#server/journal/journal-table.ts';
import type { Db, Tx } from '#server/platform/postgres.ts';
import { accountDirectory } from '#server/projections/accounts/account-directory-table.ts';
import { containsPattern, startsWithPattern } from '../like-pattern.ts';
import { textParam } from '../parse-query.ts';
import { FOLD } from '../search-terms.ts';
import { readSnapshot } from '../snapshot.ts';
import { toMatch } from './find-accounts.ts';

const MOST_ACCOUNTS = 8;
const MOST_EVENTS = 5;

/** So many of those found are put in order. */
const MOST_SORTED = 500;

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

/**
 * Those whose owner or number begins with `q`, then others that have all its words. Of very many any
 * are shown: who means one goes on writing.
 */
async function findAccounts(tx: Tx, q: string): Promise<SearchAnswer['accounts']> {
  const beginnings = or(
    sql`listed.words LIKE ${FOLD}(${startsWithPattern(` ${q}`)})`,
    sql`listed.words LIKE ${FOLD}(${containsPattern(`\n ${q}`)})`,
  );
  const find = (match: SQL | undefined) =>
    tx.execute<SearchAnswer['accounts'][number]>(sql`
      SELECT account_id AS "accountId", owner, currency FROM (
        SELECT account_id, owner, currency FROM ${accountDirectory} AS listed
        WHERE ${match} LIMIT ${MOST_SORTED}
      ) AS found
      ORDER BY owner COLLATE "und-x-icu", account_id LIMIT ${MOST_ACCOUNTS}`);
  const first = await find(beginnings);
  const others = first.length < MOST_ACCOUNTS ? await find(toMatch(q)(sql`listed.words`)) : [];
  const found = new Map([...first, ...others].map((account) => [account.accountId, account]));
  return [...found.values()].slice(0, MOST_ACCOUNTS);
}

async function findEvents(tx: Tx, q: string) {
  const found = await tx.execute<{ eventId: string; eventType: string; aggregateId: string }>(sql`
    SELECT event_id AS "eventId", event_type AS "eventType", aggregate_id AS "aggregateId" FROM (
      SELECT event_id, event_type, aggregate_id, position FROM ${journal}
      WHERE event_id LIKE ${startsWithPattern(q.toLowerCase())} LIMIT ${MOST_SORTED}
    ) AS found
    ORDER BY position DESC LIMIT ${MOST_EVENTS}`);
  return found.map(({ aggregateId, ...event }) => ({
    ...event,
    accountId: fromAggregateId(aggregateId),
  }));
}
