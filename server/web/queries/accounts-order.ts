import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { AccountRow } from '#lib/contracts/queries.ts';
import { accounts } from '#server/projections/accounts/accounts-table.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';

/** PostgreSQL's timestamps know no year 0. */
const time = z.iso.datetime({ precision: 3 }).refine((value) => value >= '0001');
const minorUnits = z.string().regex(/^-?\d{1,18}$/);

/**
 * What accounts can be sorted by: the column, how a row's value travels in a cursor, how that text
 * is checked when it comes back, and the type that PostgreSQL reads it as. Owners go by the
 * alphabet as people know it, not by the codes of letters, whatever the database's own order is.
 */
const SORTS = {
  lastActivity: {
    column: accounts.lastActivityAt,
    toText: (row: AccountRow) => row.lastActivityAt,
    text: time,
    cast: sql`::timestamptz`,
  },
  owner: {
    column: sql`${accounts.owner} collate "und-x-icu"`,
    toText: (row: AccountRow) => row.owner,
    text: z.string(),
    cast: sql`::text`,
  },
  number: {
    column: accounts.number,
    toText: (row: AccountRow) => row.number,
    text: z.string(),
    cast: sql`::text`,
  },
  balance: {
    column: accounts.balance,
    toText: (row: AccountRow) => row.balance,
    text: minorUnits,
    cast: sql`::bigint`,
  },
  openedAt: {
    column: accounts.openedAt,
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

/** ORDER BY: the sort's column, and the account id where that is equal. */
export function toOrderBy({ sort, dir }: AccountsOrder): SQL {
  const direction = dir === 'asc' ? sql`asc` : sql`desc`;
  return sql`${SORTS[sort].column} ${direction}, ${accounts.accountId} ${direction}`;
}

/** The cursor of the page that follows `last` in this order. */
export function toAccountsCursor({ sort, dir }: AccountsOrder, last: AccountRow): string {
  return encodeCursor({ sort, dir, value: SORTS[sort].toText(last), accountId: last.accountId });
}

/** The rows behind a cursor of this order. Throws INVALID_INPUT for another order's cursor. */
export function isBehindCursor({ sort, dir }: AccountsOrder, cursor: string): SQL {
  const { column, text, cast } = SORTS[sort];
  const place = parseCursor(
    z.object({
      sort: z.literal(sort),
      dir: z.literal(dir),
      value: text,
      accountId: z.string(),
    }),
    cursor,
  );
  const isBehind = dir === 'asc' ? sql`>` : sql`<`;
  return sql`(${column}, ${accounts.accountId}) ${isBehind} (${place.value}${cast}, ${place.accountId})`;
}
