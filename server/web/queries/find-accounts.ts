import { and, or, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '#server/platform/postgres.ts';
import { accountDirectory } from '#server/projections/accounts/account-directory-table.ts';
import { accountTotals } from '#server/projections/accounts/account-totals-table.ts';
import { accounts } from '#server/projections/accounts/accounts-table.ts';
import { isIn } from '../is-in.ts';
import { containsTerm, toTerms } from '../search-terms.ts';
import type { OrderInSql } from './accounts-order.ts';

/** A currency and a status that there are accounts of: each has its place in every index of them. */
export type AccountCell = {
  readonly currency: string;
  readonly status: string;
  /** How many accounts there are; of a search, so many were found, `MOST_COUNTED` + 1 at most. */
  readonly count: number;
  /** So many match that their number is not known. */
  readonly isDense?: boolean;
};

/** Of so many accounts none is sampled. */
const FEW_ACCOUNTS = 50_000;
const SAMPLED = 4_000;

/** What a sample must have of matches, that a page of them is met within some thousand accounts. */
const DENSE_MATCHES = 10;
const DENSE_SHARE = 0.02;

/**
 * So many matches of a search are counted in each cell. Of a million accounts it takes about as long to
 * look up so many as to meet the first page of more among the others.
 */
export const MOST_COUNTED = 5_000;

/** The index for searches has both of them as one key, by which no other index is tempted. */
const CELL_KEY = sql`(listed.currency || ':' || listed.status) = (cell.currency || ':' || cell.status)`;
/** The same for a list of cells; with a blank, so that the index is asked for the words alone. */
const KEY = sql`(listed.currency || ' ' || listed.status)`;
const toKey = ({ currency, status }: AccountCell) => `${currency} ${status}`;
const IN_CELL = sql`listed.currency = cell.currency AND listed.status = cell.status`;

/** Whether the words of an account in the directory are meant. */
export type Match = (words: SQL) => SQL;

const WORDS = sql`listed.words`;

/** Every term of `q` must be there; a number may be written with blanks. */
export function toMatch(q: string): Match {
  const asNumber = q.replace(/\s+/g, '');
  return (words) =>
    sql`(${or(
      and(...toTerms(q).map((term) => containsTerm(words, term))),
      asNumber === q.trim() ? undefined : containsTerm(words, asNumber),
    )})`;
}

/** How many accounts there are of each kind: as counted with every change. */
export async function readCells(tx: Tx): Promise<AccountCell[]> {
  const { currency, status, accounts: count } = accountTotals;
  return tx.select({ currency, status, count }).from(accountTotals);
}

/**
 * How many of each kind match, up to a bound. Where very many do, as a sample tells, half of what the
 * sample comes to stands for them; the others are counted by the index for searches.
 */
export async function countMatches(tx: Tx, match: Match): Promise<AccountCell[]> {
  const cells = await readCells(tx);
  const dense = await sampleMatches(tx, cells, match);
  const isDense = (cell: AccountCell) =>
    dense.some(({ currency, status }) => currency === cell.currency && status === cell.status);
  const rest = cells.filter((cell) => !isDense(cell));
  // Mostly few match in all, and one look into the index tells of every kind.
  const together = await tx.execute<AccountCell>(sql`
    SELECT currency, status, count(*)::int AS count FROM (
      SELECT listed.currency, listed.status FROM ${accountDirectory} AS listed
      WHERE ${match(WORDS)} LIMIT ${dense.length > 0 ? 0 : MOST_COUNTED + 1}
    ) AS matching GROUP BY 1, 2`);
  const found = together.reduce((sum, { count }) => sum + count, 0);
  if (dense.length === 0 && found <= MOST_COUNTED) {
    return [...together];
  }
  const rows = await tx.execute<AccountCell>(sql`
    SELECT cell.currency, cell.status, found.count
    FROM ${toRows(rest)} CROSS JOIN LATERAL (
      SELECT count(*)::int AS count FROM (
        SELECT FROM ${accountDirectory} AS listed WHERE ${CELL_KEY} AND ${match(WORDS)}
        LIMIT ${MOST_COUNTED + 1}
      ) AS matching
    ) AS found WHERE found.count > 0`);
  return [...dense, ...rows];
}

/** The kinds of which so many match that the first ones are met soon: a search by index takes longer. */
async function sampleMatches(
  tx: Tx,
  cells: readonly AccountCell[],
  match: Match,
): Promise<AccountCell[]> {
  const total = cells.reduce((sum, { count }) => sum + count, 0);
  if (total < FEW_ACCOUNTS) {
    return [];
  }
  const share = Math.min(100, (100 * SAMPLED) / total);
  const rows = await tx.execute<{
    currency: string;
    status: string;
    sampled: number;
    found: number;
  }>(sql`
    SELECT currency, status, count(*)::int AS sampled,
      (count(*) FILTER (WHERE ${match(WORDS)}))::int AS found
    FROM ${accountDirectory} AS listed TABLESAMPLE SYSTEM (${share}) GROUP BY 1, 2`);
  return rows
    .filter(({ sampled, found }) => found >= DENSE_MATCHES && found / sampled >= DENSE_SHARE)
    .map(({ currency, status, found }) => ({
      currency,
      status,
      isDense: true,
      count: Math.min(MOST_COUNTED + 1, Math.floor((found * 100) / share / 2)),
    }));
}

/**
 * The ids of the first accounts of some kinds, in an order: of each kind by an index that has them so,
 * put together then. Where few match they are all looked up and sorted; where many do, the first ones
 * are met soon.
 */
export async function findAccountIds(
  tx: Tx,
  cells: readonly AccountCell[],
  { source, key, by }: OrderInSql,
  {
    match,
    behind = sql`true`,
    limit,
  }: {
    readonly match: Match | undefined;
    readonly behind: SQL | undefined;
    readonly limit: number;
  },
): Promise<string[]> {
  const isFew = ({ count, isDense }: AccountCell) =>
    match !== undefined && !isDense && count <= MOST_COUNTED;
  const few = cells.filter(isFew);
  const many = cells.filter((cell) => !isFew(cell));
  const found = by(sql`key`, sql`account_id`);
  const ordered = sql`ORDER BY ${by(key, sql`listed.account_id`)} LIMIT ${limit}`;
  const columns = sql`listed.account_id, ${key} AS key`;
  const from = source === 'accounts' ? accounts : accountDirectory;
  // Few in all are found by one look into the index, and else by one for each cell.
  const isOneLook =
    many.length === 0 && few.reduce((sum, { count }) => sum + count, 0) <= MOST_COUNTED;
  const matching = sql`(
    SELECT listed.* FROM ${accountDirectory} AS listed
    WHERE ${isOneLook ? isIn(KEY, few.map(toKey)) : CELL_KEY} AND ${match?.(WORDS)} OFFSET 0
  )`;
  const lookUp =
    source === 'accounts'
      ? sql`${matching} AS matching CROSS JOIN LATERAL (
          SELECT * FROM ${accounts} WHERE account_id = matching.account_id OFFSET 0
        ) AS listed`
      : sql`${matching} AS listed`;
  const isMatch =
    match === undefined
      ? sql`true`
      : source === 'directory'
        ? match(WORDS)
        : sql`(SELECT ${match(sql`named.words`)} FROM ${accountDirectory} AS named
            WHERE named.account_id = listed.account_id)`;
  const parts = [
    few.length === 0
      ? undefined
      : sql`SELECT found.* FROM ${toRows(isOneLook ? few.slice(0, 1) : few)} CROSS JOIN LATERAL (
          SELECT ${columns} FROM ${lookUp} WHERE ${behind} ${ordered}
        ) AS found`,
    many.length === 0
      ? undefined
      : sql`SELECT found.* FROM ${toRows(many)} CROSS JOIN LATERAL (
          SELECT ${columns} FROM ${from} AS listed WHERE ${IN_CELL} AND ${behind} AND ${isMatch} ${ordered}
        ) AS found`,
  ].filter((part) => part !== undefined);
  if (parts.length === 0) {
    return [];
  }
  const rows = await tx.execute<{ account_id: string }>(
    sql`SELECT account_id FROM (${sql.join(parts, sql` UNION ALL `)}) AS together ORDER BY ${found} LIMIT ${limit}`,
  );
  return rows.map(({ account_id }) => account_id);
}

/** Cells as a table: they travel as two parameters. */
function toRows(cells: readonly AccountCell[]): SQL {
  const currencies = sql.param(cells.map(({ currency }) => currency));
  const statuses = sql.param(cells.map(({ status }) => status));
  return sql`unnest(${currencies}::text[], ${statuses}::text[]) AS cell (currency, status)`;
}
