import { and, desc, eq, ilike, inArray, lt, or, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { LedgerPage, Transaction } from '#lib/contracts/queries.ts';
import type { Db } from '#server/platform/postgres.ts';
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
  const freshness = await getFreshness(db, 'transactions');
  return readSnapshot(db, async (tx) => {
    const rows = await tx
      .select()
      .from(transactions)
      .where(and(filter, behind))
      .orderBy(desc(transactions.sequence))
      .limit(limit + 1);
    const total = await tx.$count(transactions, filter);
    const items = rows.slice(0, limit).map(toTransaction);
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
  const pattern = containsPattern(q);
  return or(
    ilike(transactions.description, pattern),
    ilike(transactions.counterparty, pattern),
    ilike(transactions.eventId, pattern),
  );
}

function toTransaction(row: typeof transactions.$inferSelect): Transaction {
  const { accountId: _, ...movement } = row;
  return {
    ...movement,
    amount: row.amount.toString(),
    balanceAfter: row.balanceAfter.toString(),
    bookedAt: row.bookedAt.toISOString(),
  };
}
