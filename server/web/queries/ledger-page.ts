import { and, desc, eq, ilike, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { LedgerPage, Transaction } from '#lib/contracts/queries.ts';
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
import { readSnapshot } from '../snapshot.ts';

/** Several `type` widen the filter; `q` is part of a description, a counterparty or an event id. */
export const ledgerQuerySchema = z.object({
  type: listParam.pipe(z.array(z.enum(TRANSACTION_TYPES))),
  q: textParam,
  ...pageParams,
  ...waitParams,
});
type LedgerQuery = z.infer<typeof ledgerQuerySchema>;

const placeSchema = z.object({ sequence: sequenceSchema });

/**
 * A page of an account's movements, newest first; `total` is of the whole filter. Empty for an
 * account that has none or does not exist. Throws INVALID_INPUT for another list's cursor.
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
  const filter = toFilter(accountId, query);
  return readSnapshot(db, async (tx) => {
    const freshness = await getFreshness(tx, 'transactions');
    const rows = await tx
      .select()
      .from(transactions)
      .where(and(filter, behind))
      .orderBy(desc(transactions.sequence))
      .limit(limit + 1);
    const total = await tx.$count(transactions, filter);
    const shown = rows.slice(0, limit);
    const dates = await readBookingDates(tx, shown);
    const items = shown.map((row) => toTransaction(row, dates.get(row.eventId)));
    const last = items.at(-1);
    return {
      items,
      total,
      nextCursor: rows.length > limit && last ? encodeCursor({ sequence: last.sequence }) : null,
      freshness,
    };
  });
}

function toFilter(accountId: string, { type, q }: Pick<LedgerQuery, 'type' | 'q'>) {
  return and(
    eq(transactions.accountId, accountId),
    type.length > 0 ? inArray(transactions.type, type) : undefined,
    q ? matchesMovement(q) : undefined,
  );
}

function matchesMovement(q: string): SQL | undefined {
  // A code is shown in words, so a blank finds a hyphen as well: "cash out" finds "cash-out".
  const pattern = containsPattern(q).replaceAll(' ', '_');
  return or(
    ilike(transactions.description, pattern),
    ilike(transactions.counterparty, pattern),
    ilike(transactions.eventId, pattern),
  );
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
