import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { AccountRow } from '#lib/modules/bank/queries.ts';
import { type Asked, readCursor, toReading } from '#server/runtime/queries/keyset-page.ts';

/** PostgreSQL's timestamps know no year 0. */
const time = z.iso.datetime({ precision: 3 }).refine((value) => value >= '0001');
const minorUnits = z.string().regex(/^-?\d{1,18}$/);

/**
 * What accounts can be sorted by: the table whose index has that order (what changes with every
 * movement is in `accounts`), the column, how a row's value travels in a cursor, how that text is
 * checked when it comes back, and the type that PostgreSQL reads it as. Owners go by the alphabet as
 * people know it, not by the codes of letters, whatever the database's own order is; theirs is the only
 * order that has an index with all words in it.
 */
const SORTS = {
  lastActivity: {
    source: 'accounts',
    hasWords: false,
    key: sql`listed.last_activity_at`,
    toText: (row: AccountRow) => row.lastActivityAt,
    text: time,
    cast: sql`::timestamptz`,
  },
  owner: {
    source: 'directory',
    hasWords: true,
    key: sql`listed.owner collate "und-x-icu"`,
    toText: (row: AccountRow) => row.owner,
    text: z.string(),
    cast: sql`::text`,
  },
  number: {
    source: 'directory',
    hasWords: false,
    key: sql`listed.number`,
    toText: (row: AccountRow) => row.number,
    text: z.string(),
    cast: sql`::text`,
  },
  balance: {
    source: 'accounts',
    hasWords: false,
    key: sql`listed.balance`,
    toText: (row: AccountRow) => row.balance,
    text: minorUnits,
    cast: sql`::bigint`,
  },
  openedAt: {
    source: 'directory',
    hasWords: false,
    key: sql`listed.opened_at`,
    toText: (row: AccountRow) => row.openedAt,
    text: time,
    cast: sql`::timestamptz`,
  },
} as const;

export const accountsOrderParams = {
  sort: z.enum(['lastActivity', 'owner', 'number', 'balance', 'openedAt']).default('lastActivity'),
  dir: z.enum(['asc', 'desc']).default('desc'),
};
export type AccountsOrder = z.infer<z.ZodObject<typeof accountsOrderParams>>;

/** An order for a statement that calls its table `listed`. */
export type OrderInSql = {
  readonly source: 'accounts' | 'directory';
  /** Whether an index has the whole directory in this order, with the words of each. */
  readonly hasWords: boolean;
  readonly key: SQL;
  /** ORDER BY: the key, and the account id where that is equal; of `listed` or of what came of it. */
  readonly by: (key: SQL, accountId: SQL) => SQL;
};

/** A sort as SQL; the other way round for a page before another. */
export function toOrderInSql({ sort, dir }: AccountsOrder, asked: Asked<unknown>): OrderInSql {
  const { source, hasWords, key } = SORTS[sort];
  const direction = sql.raw(toReading(dir, asked));
  return {
    source,
    hasWords,
    key,
    by: (of, accountId) => sql`${of} ${direction}, ${accountId} ${direction}`,
  };
}

/** The place of an account in this order. */
export function toAccountsPlace({ sort, dir }: AccountsOrder, row: AccountRow) {
  return { sort, dir, value: SORTS[sort].toText(row), accountId: row.accountId };
}

type Place = { readonly value: string; readonly accountId: string };

/** What a cursor of this order asks for. Throws INVALID_INPUT for another order's cursor. */
export function readAccountsCursor(
  { sort, dir }: AccountsOrder,
  cursor: string | undefined,
): Asked<Place> {
  const schema = z.object({
    sort: z.literal(sort),
    dir: z.literal(dir),
    value: SORTS[sort].text,
    accountId: z.string(),
  });
  return readCursor(schema, cursor);
}

/** The rows of `listed` on the side of a place on which the page is. */
export function isBesideAccount(
  { sort, dir }: AccountsOrder,
  asked: Asked<Place>,
): SQL | undefined {
  const { key, cast } = SORTS[sort];
  const isBeside = toReading(dir, asked) === 'asc' ? sql`>` : sql`<`;
  return (
    asked.place &&
    sql`(${key}, listed.account_id) ${isBeside} (${asked.place.value}${cast}, ${asked.place.accountId})`
  );
}
