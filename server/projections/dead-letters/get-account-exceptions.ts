import { eq } from 'drizzle-orm';
import { deadLetters, JOURNAL } from '#server/journal/dead-letters-table.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import type { Db } from '#server/platform/postgres.ts';
import { HOT_VIEWS } from './dead-letter-deps.ts';
import { getHotLetters } from './hot-letters.ts';

/** An event at which an account waits in a view, or which was left out of it. */
export type AccountException = {
  readonly eventSequence: number;
  /** `draining`: somebody is bringing the account up from there. */
  readonly status: 'dead' | 'draining' | 'skipped';
  /** What is the matter, for people. */
  readonly sentence: string;
};

/** By view, why an account's rows in it are not what its events say. */
export type AccountExceptions = ReadonlyMap<string, readonly AccountException[]>;

/**
 * What waits at a dead letter of an account, and what was skipped, by projection and hot view (what
 * ingest waits at or left out is said of `journal`).
 */
export async function getAccountExceptions(
  { db, dynamo }: { readonly db: Db; readonly dynamo: Dynamo },
  aggregateId: string,
): Promise<AccountExceptions> {
  const [rows, ...hot] = await Promise.all([
    db.select().from(deadLetters).where(eq(deadLetters.aggregateId, aggregateId)),
    ...HOT_VIEWS.map((view) => getHotLetters(dynamo, view, [aggregateId])),
  ]);
  const exceptions = new Map<string, AccountException[]>();
  const add = (view: string, exception: AccountException) => {
    exceptions.set(view, [...(exceptions.get(view) ?? []), exception]);
  };
  for (const { projection, eventSequence, status, ...row } of rows) {
    const where = projection === JOURNAL ? ' by ingest' : '';
    const sentence =
      status === 'skipped'
        ? `Event ${eventSequence} was skipped${where}, by ${row.skippedBy}: ${row.skipReason}`
        : `Event ${eventSequence} is a dead letter${where}: ${row.error}`;
    add(projection, { eventSequence, status, sentence });
  }
  for (const { projection, skipped, dead } of hot.flatMap((letters) => [...letters.values()])) {
    for (const { eventSequence, actor, reason } of skipped) {
      const sentence = `Event ${eventSequence} was skipped, by ${actor}: ${reason}`;
      add(projection, { eventSequence, status: 'skipped', sentence });
    }
    if (dead !== undefined) {
      const { eventSequence, status, error } = dead;
      const sentence = `Event ${eventSequence} is a dead letter: ${error}`;
      add(projection, { eventSequence, status, sentence });
    }
  }
  return exceptions;
}
