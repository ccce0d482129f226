import { and, count, desc, eq, gt, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { LedgerPage, Transaction } from '#lib/contracts/queries.ts';
import { formatCount } from '#lib/count-format.ts';
import { currencyDigits } from '#lib/currencies.ts';
import { journal } from '#server/journal/journal-table.ts';
import type { Db, Tx } from '#server/platform/postgres.ts';
import { getFreshness } from '#server/projections/lag.ts';
import {
  TRANSACTION_TYPES,
  transactions,
} from '#server/projections/transactions/transactions-table.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { containsPattern } from '../like-pattern.ts';
import { listParam, pageParams, sequenceSchema, textParam, waitParams } from '../parse-query.ts';
import { containsTerm, FOLD, toTerms } from '../search-terms.ts';
import { readSnapshot } from '../snapshot.ts';

/**
 * Several `type` widen the filter; `q` is looked for word by word in descriptions, counterparties,
 * event ids and amounts as they are shown.
 */
export const ledgerQuerySchema = z.object({
  type: listParam.pipe(z.array(z.enum(TRANSACTION_TYPES))),
  q: textParam,
  ...pageParams,
  ...waitParams,
});
type LedgerQuery = z.infer<typeof ledgerQuerySchema>;

const placeSchema = z.object({ sequence: sequenceSchema });

/** Movements are counted up to here. */
const MOST_COUNTED = 10_000;

/** Shorter pieces of an event id say too little. */
const SHORTEST_EVENT_ID = 4;

/** So many of an account's newest events are searched. */
const SEARCHED_EVENTS = 20_000;

/**
 * A page of an account's movements, newest first; `total` is of the whole filter, up to a bound. Empty
 * for an account that has none or does not exist. Throws INVALID_INPUT for another list's cursor.
 */
export async function getLedgerPage(
  db: Db,
  accountId: string,
  query: Omit<LedgerQuery, keyof typeof waitParams>,
): Promise<LedgerPage> {
  const { cursor, limit } = query;
  const behind =
    cursor === undefined
      ? undefined
      : lt(transactions.sequence, parseCursor(placeSchema, cursor).sequence);
  return readSnapshot(db, async (tx) => {
    const freshness = await getFreshness(tx, 'transactions');
    const search = query.q ? await toSearch(tx, accountId, query.q) : undefined;
    const filter = and(toFilter(accountId, query), search?.match);
    const rows = await tx
      .select()
      .from(transactions)
      .where(and(filter, behind))
      .orderBy(desc(transactions.sequence))
      .limit(limit + 1);
    const found = await countUpTo(tx, filter, MOST_COUNTED + 1);
    const shown = rows.slice(0, limit);
    const dates = await readBookingDates(tx, shown);
    const items = shown.map((row) => toTransaction(row, dates.get(row.eventId)));
    const last = items.at(-1);
    return {
      items,
      total: Math.min(found, MOST_COUNTED),
      atLeast: found > MOST_COUNTED,
      note: search?.note ?? null,
      nextCursor: rows.length > limit && last ? encodeCursor({ sequence: last.sequence }) : null,
      freshness,
    };
  });
}

function toFilter(accountId: string, { type }: Pick<LedgerQuery, 'type'>) {
  return and(
    eq(transactions.accountId, accountId),
    type.length > 0 ? inArray(transactions.type, type) : undefined,
  );
}

async function countUpTo(tx: Tx, filter: SQL | undefined, most: number): Promise<number> {
  const one = sql`1`.as('one');
  const found = tx.select({ one }).from(transactions).where(filter).limit(most).as('found');
  const [row] = await tx.select({ count: count() }).from(found);
  return row?.count ?? 0;
}

/** Which movements have every term of `q` in what is shown of them, as far back as is looked. */
async function toSearch(tx: Tx, accountId: string, q: string) {
  const { description, counterparty, eventId, amount } = transactions;
  const [newest] = await tx
    .select({ sequence: transactions.sequence, currency: transactions.currency })
    .from(transactions)
    .where(eq(transactions.accountId, accountId))
    .orderBy(desc(transactions.sequence))
    .limit(1);
  const last = (newest?.sequence ?? 0) - SEARCHED_EVENTS;
  const digits = currencyDigits(newest?.currency ?? '');
  const shown = sql`round(${amount} / ${sql.raw(`${10 ** digits}`)}::numeric, ${sql.raw(`${digits}`)})`;
  // A code is shown in words: "cash in" finds "cash-in".
  const inWords = sql`replace(${description}, '-', ' ')`;
  const text = sql`${FOLD}(concat_ws(' ', '', ${description}, ${inWords}, ${counterparty}, ${shown}))`;
  return {
    match: and(
      gt(transactions.sequence, last),
      or(
        and(...toTerms(q).map((term) => containsTerm(text, term))),
        q.length < SHORTEST_EVENT_ID
          ? undefined
          : sql`${eventId} LIKE ${containsPattern(q.toLowerCase())}`,
      ),
    ),
    note:
      last > 0
        ? `Only the account’s newest ${formatCount(SEARCHED_EVENTS)} events were searched.`
        : null,
  };
}

/** The days that banks name, by event id: the events have them, and the ledger's rows do not. */
async function readBookingDates(
  tx: Tx,
  rows: readonly (typeof transactions.$inferSelect)[],
): Promise<Map<string, string>> {
  const bookingDate = sql<string | null>`${journal.eventData} ->> 'bookingDate'`;
  const ids = rows.map(({ eventId }) => eventId);
  const found = await tx
    .select({ eventId: journal.eventId, bookingDate })
    .from(journal)
    .where(inArray(journal.eventId, ids));
  return new Map(found.flatMap((row) => (row.bookingDate ? [[row.eventId, row.bookingDate]] : [])));
}

function toTransaction(
  row: typeof transactions.$inferSelect,
  bookingDate: string | undefined,
): Transaction {
  const { accountId: _, ...movement } = row;
  return {
    ...movement,
    amount: row.amount.toString(),
    balanceAfter: row.balanceAfter.toString(),
    bookedAt: row.bookedAt.toISOString(),
    ...(bookingDate !== undefined && { bookingDate }),
  };
}
