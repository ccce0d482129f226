import { type SQL, sql } from 'drizzle-orm';
import type { FoundAggregate } from '#lib/contracts/queries.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import { startsWithPattern } from '#server/runtime/queries/like-pattern.ts';
import { FOLD } from '#server/runtime/queries/search-terms.ts';
import { toAccountAggregateId } from '../domain/account-aggregate-id.ts';
import { accountDirectory } from '../views/accounts/account-directory-table.ts';
import { toMatch } from './find-accounts.ts';

/** So many of those found are put in order. */
const MOST_SORTED = 500;

type FoundAccount = {
  readonly accountId: string;
  readonly owner: string;
  readonly currency: string;
};

/**
 * Accounts whose owner or number begins with `q`, then others that have all its words. Of very many any
 * are shown: who means one goes on writing.
 */
export async function searchAccounts(tx: Tx, q: string, most: number): Promise<FoundAggregate[]> {
  const find = (matching: SQL) =>
    tx.execute<FoundAccount>(sql`
      SELECT account_id AS "accountId", owner, currency FROM (${matching}) AS found
      ORDER BY owner COLLATE "und-x-icu", account_id LIMIT ${most}`);
  const listed = (where: SQL) => sql`
    (SELECT account_id, owner, currency FROM ${accountDirectory} AS listed
      WHERE ${where} LIMIT ${MOST_SORTED})`;
  // Each by an index of its own, for which a beginning is a range. A number is its account's id.
  const first = await find(sql`
    ${listed(sql`left(listed.words, 100) LIKE ${FOLD}(${startsWithPattern(` ${q}`)})`)}
    UNION ${listed(sql`listed.account_id LIKE ${startsWithPattern(q.toUpperCase())}`)}`);
  const others = first.length < most ? await find(listed(toMatch(q)(sql`listed.words`))) : [];
  const found = new Map([...first, ...others].map((account) => [account.accountId, account]));
  return [...found.values()].slice(0, most).map(({ accountId, owner, currency }) => ({
    aggregateId: toAccountAggregateId(accountId),
    title: owner,
    detail: `${accountId} · ${currency}`,
  }));
}
