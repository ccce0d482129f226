import { and, or, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import { isIn } from '#server/runtime/queries/is-in.ts';
import { containsTerm, toTerms } from '#server/runtime/queries/search-terms.ts';
import { accountDirectory } from '../views/accounts/account-directory-table.ts';
import { accountTotals } from '../views/accounts/account-totals-table.ts';
import { accounts } from '../views/accounts/accounts-table.ts';
import type { OrderInSql } from './accounts-order.ts';

/** A currency and a status that there are accounts of: each has its place in every index of them. */
export type AccountCell = {
  readonly currency: string;
  readonly status: string;
  /** How many accounts there are; of a search, so many at least were found. */
  readonly count: number;
};

/** Which accounts a page has: of some currencies and statuses, `limit` at most, behind a cursor's place. */
export type AccountRange = {
  /** None stand for all. */
  readonly currencies: readonly string[];
  readonly statuses: readonly string[];
  readonly behind: SQL | undefined;
  readonly limit: number;
};

export type FoundAccounts = {
  /** In their order. */
  readonly ids: readonly string[];
  readonly cells: readonly AccountCell[];
  /** Whether more match than `cells` tell. */
  readonly atLeast: boolean;
};

/** So many matches of a search are looked up, counted and put in order. */
export const MOST_COUNTED = 5_000;

/** Of more matches the page is looked for among so many accounts that come first in the order. */
const MOST_WALKED = 8_000;

/** And among so many where the order's index has their words: these take no look into the table. */
const MOST_WALKED_BY_WORDS = 60_000;

/** The index for searches has both of them as one key, by which no other index is tempted. */
const CELL_KEY = sql`(listed.currency || ':' || listed.status)`;
const toKey = ({ currency, status }: AccountCell) => `${currency} ${status}`;

const WORDS = sql`listed.words`;

/** Whether the words of an account in the directory are meant. */
export type Match = (words: SQL) => SQL;

/** Every term of `q` must be there; a number may be written with blanks. */
export function toMatch(q: string): Match {
  const asNumber = q.replace(/\s+/g, '');
  return (words) =>
    sql`(${or(
      and(...toTerms(q).map((term) => containsTerm(words, term))),
      asNumber === q.trim() ? undefined : containsTerm(words, asNumber),
    )})`;
}

/** The first accounts in an order: each kind by an index that has them so. All of them are counted already. */
export async function listAccounts(
  tx: Tx,
  order: OrderInSql,
  range: AccountRange,
): Promise<FoundAccounts> {
  const cells = await readCells(tx);
  const ids = await walk(tx, cells.filter(isMeantBy(range)), order, range);
  return { ids, cells, atLeast: false };
}

/**
 * The first accounts that match, in an order. Up to `MOST_COUNTED` are looked up by their words, and sorted.
 * Of more, those that come first in the order are looked through, which mostly has a page of them; where
 * it has not, for the order may have all matches at its end, all are looked up and sorted after all.
 */
export async function searchAccounts(
  tx: Tx,
  match: Match,
  order: OrderInSql,
  range: AccountRange,
): Promise<FoundAccounts> {
  const cells = await readCells(tx);
  const few = await lookUp(tx, match, order, range);
  if (few.ids !== undefined) {
    return { ids: few.ids, cells: few.cells, atLeast: false };
  }
  const counted = [...few.cells, ...(await countOthers(tx, match, cells, few.cells))];
  const meant = cells.filter(isMeantBy(range));
  const all = sumOf(cells);
  // Of all accounts a share is meant, and as great a share of those that are looked through.
  const isByWords =
    order.hasWords && MOST_WALKED_BY_WORDS * sumOf(meant) > MOST_WALKED * Math.max(1, all);
  const walked = isByWords
    ? await walkByWords(tx, match, order, range)
    : await walk(tx, meant, order, range, match);
  const isEnough =
    walked.length === range.limit ||
    (isByWords ? all <= MOST_WALKED_BY_WORDS : sumOf(meant) <= MOST_WALKED);
  const ids = isEnough ? walked : await sortAll(tx, match, order, range);
  return { ids, cells: counted, atLeast: true };
}

function sumOf(cells: readonly AccountCell[]): number {
  return cells.reduce((sum, { count }) => sum + count, 0);
}

function isMeantBy({ currencies, statuses }: AccountRange): (cell: AccountCell) => boolean {
  return ({ currency, status }) =>
    (currencies.length === 0 || currencies.includes(currency)) &&
    (statuses.length === 0 || statuses.includes(status));
}

function isMeant({ currencies, statuses }: AccountRange): SQL {
  return (
    and(
      currencies.length === 0 ? undefined : isIn(sql`listed.currency`, currencies),
      statuses.length === 0 ? undefined : isIn(sql`listed.status`, statuses),
    ) ?? sql`true`
  );
}

/** How many accounts there are of each kind: as counted with every change. */
async function readCells(tx: Tx): Promise<AccountCell[]> {
  const { currency, status, accounts: count } = accountTotals;
  return tx.select({ currency, status, count }).from(accountTotals);
}

/**
 * By one look into the index of words: how many of each kind match, and the first ones of the kinds that
 * are meant. Beyond `MOST_COUNTED` matches so many are counted, and there are no first ones.
 */
async function lookUp(
  tx: Tx,
  match: Match,
  order: OrderInSql,
  range: AccountRange,
): Promise<{ readonly cells: AccountCell[]; readonly ids: string[] | undefined }> {
  const { key, by } = order;
  const { behind, limit } = range;
  const rows = await tx.execute<
    AccountCell & { readonly accountId: string | null; readonly place: number }
  >(sql`
    WITH matching AS MATERIALIZED (
      SELECT * FROM ${accountDirectory} AS listed WHERE ${match(WORDS)} LIMIT ${MOST_COUNTED + 1}
    ), first AS (
      SELECT listed.account_id, ${key} AS key FROM ${toListed(order, sql`matching`)}
      WHERE (SELECT count(*) FROM matching) <= ${MOST_COUNTED}
        AND ${and(isMeant(range), behind)}
      ORDER BY ${by(key, sql`listed.account_id`)} LIMIT ${limit}
    )
    SELECT currency, status, count(*)::int AS count, NULL AS "accountId", 0 AS place
    FROM matching GROUP BY currency, status
    UNION ALL
    SELECT '', '', 0, account_id, (row_number() OVER (ORDER BY ${by(sql`key`, sql`account_id`)}))::int FROM first`);
  const cells = rows.filter(({ accountId }) => accountId === null);
  const found = sumOf(cells);
  const first = rows.toSorted((a, b) => a.place - b.place);
  const ids = first.flatMap(({ accountId }) => accountId ?? []);
  return { cells, ids: found <= MOST_COUNTED ? ids : undefined };
}

/** The first of all accounts of some kinds that match. */
async function sortAll(
  tx: Tx,
  match: Match,
  order: OrderInSql,
  range: AccountRange,
): Promise<string[]> {
  const matching = sql`(
    SELECT * FROM ${accountDirectory} AS listed
    WHERE ${and(match(WORDS), isMeant(range))} OFFSET 0
  )`;
  const rows = await tx.execute<{ account_id: string }>(sql`
    SELECT listed.account_id FROM ${toListed(order, matching)} WHERE ${range.behind ?? sql`true`}
    ORDER BY ${order.by(order.key, sql`listed.account_id`)} LIMIT ${range.limit}`);
  return rows.map(({ account_id }) => account_id);
}

/** Matches in the directory as rows of the table that an order is of, by name `listed`. */
function toListed({ source }: OrderInSql, matching: SQL): SQL {
  return source === 'directory'
    ? sql`${matching} AS listed`
    : sql`${matching} AS matching CROSS JOIN LATERAL (
        SELECT * FROM ${accounts} WHERE account_id = matching.account_id OFFSET 0
      ) AS listed`;
}

/** Of the kinds that are not among the matches that were counted: whether there are some after all. */
async function countOthers(
  tx: Tx,
  match: Match,
  cells: readonly AccountCell[],
  counted: readonly AccountCell[],
): Promise<AccountCell[]> {
  const known = new Set(counted.map(toKey));
  const others = cells.filter((cell) => !known.has(toKey(cell)));
  if (others.length === 0) {
    return [];
  }
  const currencies = sql.param(others.map(({ currency }) => currency));
  const statuses = sql.param(others.map(({ status }) => status));
  const rows = await tx.execute<AccountCell>(sql`
    SELECT cell.currency, cell.status, found.count
    FROM unnest(${currencies}::text[], ${statuses}::text[]) AS cell (currency, status)
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS count FROM (
        SELECT FROM ${accountDirectory} AS listed
        WHERE ${CELL_KEY} = (cell.currency || ':' || cell.status) AND ${match(WORDS)}
        LIMIT ${MOST_COUNTED}
      ) AS matching
    ) AS found WHERE found.count > 0`);
  return [...rows];
}

/** The first accounts of some kinds in an order; with `match` those that match among the first of them. */
async function walk(
  tx: Tx,
  cells: readonly AccountCell[],
  { source, key, by }: OrderInSql,
  { behind = sql`true`, limit }: AccountRange,
  match?: Match,
): Promise<string[]> {
  if (cells.length === 0) {
    return [];
  }
  const from = source === 'accounts' ? accounts : accountDirectory;
  const words = match !== undefined && source === 'directory' ? WORDS : sql`NULL`;
  const order = by(sql`key`, sql`account_id`);
  const most = match === undefined ? limit : MOST_WALKED;
  // Each kind by its own place in the index; they are merged as far as need be, and not further.
  const parts = cells.map(
    ({ currency, status }) => sql`(
      SELECT listed.account_id, ${key} AS key, ${words} AS words FROM ${from} AS listed
      WHERE listed.currency = ${currency} AND listed.status = ${status} AND ${behind}
      ORDER BY ${by(key, sql`listed.account_id`)} LIMIT ${most})`,
  );
  const isMatch =
    match === undefined
      ? sql`true`
      : source === 'directory'
        ? match(sql`walked.words`)
        : sql`(SELECT ${match(sql`named.words`)} FROM ${accountDirectory} AS named
            WHERE named.account_id = walked.account_id)`;
  const rows = await tx.execute<{ account_id: string }>(sql`
    SELECT account_id FROM (
      SELECT * FROM (${sql.join(parts, sql` UNION ALL `)}) AS together
      ORDER BY ${order} LIMIT ${most}
    ) AS walked WHERE ${isMatch} ORDER BY ${order} LIMIT ${limit}`);
  return rows.map(({ account_id }) => account_id);
}

/** The first accounts in an order that match, among the first of all: read from an index alone. */
async function walkByWords(
  tx: Tx,
  match: Match,
  { key, by }: OrderInSql,
  range: AccountRange,
): Promise<string[]> {
  const { behind = sql`true`, limit } = range;
  const order = by(sql`key`, sql`account_id`);
  const rows = await tx.execute<{ account_id: string }>(sql`
    SELECT account_id FROM (
      SELECT listed.account_id, ${key} AS key, listed.words, listed.currency, listed.status
      FROM ${accountDirectory} AS listed WHERE ${behind}
      ORDER BY ${by(key, sql`listed.account_id`)} LIMIT ${MOST_WALKED_BY_WORDS}
    ) AS listed WHERE ${and(match(WORDS), isMeant(range))} ORDER BY ${order} LIMIT ${limit}`);
  return rows.map(({ account_id }) => account_id);
}
