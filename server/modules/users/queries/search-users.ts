import { and, or, sql } from 'drizzle-orm';
import type { FoundAggregate } from '#lib/contracts/queries.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import { containsPattern, startsWithPattern } from '#server/runtime/queries/like-pattern.ts';
import { containsTerm, FOLD, toTerms } from '#server/runtime/queries/search-terms.ts';
import { toUserAggregateId } from '../domain/user-aggregate-ids.ts';
import { userProfiles } from '../views/user-profiles/user-profiles-table.ts';
import { USER_WORDS } from './user-words.ts';

/** Users whose name, address or id begins with `q`, then others that have all its words. */
export async function searchUsers(tx: Tx, q: string, most: number): Promise<FoundAggregate[]> {
  const begins = or(
    sql`${USER_WORDS} LIKE ${FOLD}(${startsWithPattern(` ${q}`)})`,
    sql`${USER_WORDS} LIKE ${FOLD}(${containsPattern(`\n ${q}`)})`,
  );
  const { userId, name } = userProfiles;
  const users = await tx
    .select({ userId, name })
    .from(userProfiles)
    .where(or(begins, and(...toTerms(q).map((term) => containsTerm(USER_WORDS, term)))))
    .orderBy(sql`NOT (${begins})`, sql`${name} COLLATE "und-x-icu"`, userId)
    .limit(most);
  return users.map((user) => ({
    aggregateId: toUserAggregateId(user.userId),
    title: user.name,
    detail: user.userId,
  }));
}
