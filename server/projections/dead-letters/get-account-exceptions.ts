import { eq } from 'drizzle-orm';
import { deadLetters, JOURNAL } from '#server/journal/dead-letters-table.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import type { Db } from '#server/platform/postgres.ts';
import { HOT_VIEWS } from './dead-letter-deps.ts';
import { getHotLetters } from './hot-letters.ts';

/** Why an account's rows in a view are not what its events say: by view, sentences. */
export type AccountExceptions = ReadonlyMap<string, readonly string[]>;

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
  const exceptions = new Map<string, string[]>();
  const add = (view: string, sentence: string) => {
    exceptions.set(view, [...(exceptions.get(view) ?? []), sentence]);
  };
  for (const { projection, eventSequence, status, ...row } of rows) {
    const where = projection === JOURNAL ? ' by ingest' : '';
    const sentence =
      status === 'skipped'
        ? `Event ${eventSequence} was skipped${where}, by ${row.skippedBy}: ${row.skipReason}`
        : `Event ${eventSequence} is a dead letter${where}: ${row.error}`;
    add(projection, sentence);
  }
  for (const letter of hot.flatMap((letters) => [...letters.values()])) {
    for (const { eventSequence, actor, reason } of letter.skipped) {
      add(letter.projection, `Event ${eventSequence} was skipped, by ${actor}: ${reason}`);
    }
    if (letter.dead !== undefined) {
      const { eventSequence, error } = letter.dead;
      add(letter.projection, `Event ${eventSequence} is a dead letter: ${error}`);
    }
  }
  return exceptions;
}
