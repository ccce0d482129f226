import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  gte,
  inArray,
  lt,
  lte,
  ne,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { formatCount } from '#lib/count-format.ts';
import { currencyDigits } from '#lib/currencies.ts';
import { readAmountBound } from '#lib/modules/bank/amount-bound.ts';
import type { LedgerPage, Transaction } from '#lib/modules/bank/queries.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { journal } from '#server/runtime/journal/journal-table.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { readCursor, toPage, toReading } from '#server/runtime/queries/keyset-page.ts';
import { containsPattern } from '#server/runtime/queries/like-pattern.ts';
import {
  listParam,
  pageParams,
  sequenceSchema,
  textParam,
  waitParams,
} from '#server/runtime/queries/parse-query.ts';
import { containsTerm, FOLD, toTerms } from '#server/runtime/queries/search-terms.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import { getFreshness } from '#server/runtime/views/lag.ts';
import { TRANSACTION_TYPES, transactions } from '../views/transactions/transactions-table.ts';
import { transactionsView } from '../views/transactions/transactions-view.ts';

/**
 * Several `type` widen the filter; `q` is looked for word by word in descriptions, counterparties,
 * event ids and amounts as they are shown. `from` and `to` are days as they are shown, `least` and `most`
 * amounts as people write them, `upTo` is the newest sequence: all of them inclusive.
 */
export const ledgerQuerySchema = z.object({
  type: listParam.pipe(z.array(z.enum(TRANSACTION_TYPES))),
  q: textParam,
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  least: textParam,
  most: textParam,
  upTo: z.coerce.number().pipe(sequenceSchema).optional(),
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
  const asked = readCursor(placeSchema, cursor);
  const isUp = toReading('desc', asked) === 'asc';
  const beside = asked.place && (isUp ? gt : lt)(transactions.sequence, asked.place.sequence);
  return readSnapshot(db, async (tx) => {
    const freshness = await getFreshness(tx, transactionsView);
    const search = query.q ? await toSearch(tx, accountId, query.q) : undefined;
    const amounts = await toAmountFilter(tx, accountId, query);
    const filter = and(toFilter(accountId, query), amounts, search?.match);
    const rows = await tx
      .select()
      .from(transactions)
      .where(and(filter, beside))
      .orderBy((isUp ? asc : desc)(transactions.sequence))
      .limit(limit + 1);
    const found = await countUpTo(tx, filter, MOST_COUNTED + 1);
    const { rows: shown, links } = toPage(rows, limit, asked, ({ sequence }) => ({ sequence }));
    const dates = await readBookingDates(tx, shown);
    const others = await readOtherSides(tx, shown);
    const items = shown.map((row) =>
      toTransaction(row, dates.get(row.eventId), others.get(row.eventId)),
    );
    return {
      items,
      total: Math.min(found, MOST_COUNTED),
      atLeast: found > MOST_COUNTED,
      note: search?.note ?? null,
      ...links,
      freshness,
    };
  });
}

/** Whether what a request asks for may have to look at every movement of an account. */
export function isScan({ q, from, to, least, most }: LedgerQuery): boolean {
  return [q, from, to, least, most].some((asked) => asked !== undefined && asked !== '');
}

type Range = Pick<LedgerQuery, 'type' | 'from' | 'to' | 'upTo'>;

function toFilter(accountId: string, { type, from, to, upTo }: Range) {
  return and(
    eq(transactions.accountId, accountId),
    type.length > 0 ? inArray(transactions.type, type) : undefined,
    upTo === undefined ? undefined : lte(transactions.sequence, upTo),
    from === undefined ? undefined : gte(SHOWN_DAY, from),
    to === undefined ? undefined : lte(SHOWN_DAY, to),
  );
}

/** The day that a row shows: the bank's, which only its event has, or that of its time. */
const SHOWN_DAY = sql`coalesce(
  (select ${journal.eventData} ->> 'bookingDate' from ${journal}
    where ${journal.aggregateId} = 'account#' || ${transactions.accountId}
      and ${journal.eventSequence} = ${transactions.sequence}),
  to_char(${transactions.bookedAt} at time zone 'UTC', 'YYYY-MM-DD'))`;

/** Throws INVALID_INPUT for a text that is no amount in the account's currency. */
async function toAmountFilter(
  tx: Tx,
  accountId: string,
  { least, most }: Pick<LedgerQuery, 'least' | 'most'>,
) {
  if (!least && !most) {
    return undefined;
  }
  const [newest] = await tx
    .select({ currency: transactions.currency })
    .from(transactions)
    .where(eq(transactions.accountId, accountId))
    .orderBy(desc(transactions.sequence))
    .limit(1);
  const read = (text: string, field: string) => {
    const amount = readAmountBound(text, newest?.currency ?? 'EUR');
    if (typeof amount === 'bigint') {
      return amount;
    }
    throw new PlayheadError('INVALID_INPUT', amount.problem, { field });
  };
  return and(
    least ? gte(transactions.amount, read(least, 'least')) : undefined,
    most ? lte(transactions.amount, read(most, 'most')) : undefined,
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

/** Where the other accounts have their sides of transfers, by event id: both are one command's. */
async function readOtherSides(
  tx: Tx,
  rows: readonly (typeof transactions.$inferSelect)[],
): Promise<Map<string, number>> {
  const ids = rows.flatMap(({ type, eventId }) =>
    type === 'transfer-in' || type === 'transfer-out' ? [eventId] : [],
  );
  if (ids.length === 0) {
    return new Map();
  }
  const other = alias(journal, 'other');
  const found = await tx
    .select({ eventId: journal.eventId, sequence: other.eventSequence })
    .from(journal)
    .innerJoin(
      other,
      and(
        eq(other.correlationId, journal.correlationId),
        eq(other.causationId, journal.causationId),
        ne(other.aggregateId, journal.aggregateId),
        // A transfer's approval is another event of the same command.
        inArray(other.eventType, ['TransferSent', 'TransferReceived']),
      ),
    )
    .where(inArray(journal.eventId, ids));
  return new Map(found.map(({ eventId, sequence }) => [eventId, sequence]));
}

function toTransaction(
  row: typeof transactions.$inferSelect,
  bookingDate: string | undefined,
  otherSequence: number | undefined,
): Transaction {
  const { accountId: _, ...movement } = row;
  return {
    ...movement,
    amount: row.amount.toString(),
    balanceAfter: row.balanceAfter.toString(),
    bookedAt: row.bookedAt.toISOString(),
    ...(bookingDate !== undefined && { bookingDate }),
    ...(otherSequence !== undefined && { otherSequence }),
  };
}
