import { and, eq } from 'drizzle-orm';
import { deadLetters } from '#server/runtime/journal/dead-letters-table.ts';
import type { DeadLetter } from './dead-letter.ts';
import type { DeadLetterDeps } from './dead-letter-deps.ts';
import { getHotDeadLetters } from './hot-dead-letters.ts';
import { toDead, toSkipped } from './list-hot.ts';
import { toDeadLetter } from './list-projected.ts';
import type { DeadLetterKey } from './retry-outcome.ts';

/**
 * One dead letter, or skipped event, in full; undefined when there is none (any more). What waits behind
 * it is not counted. Throws the databases' errors.
 */
export async function getDeadLetter(
  { db, dynamo, registered }: Pick<DeadLetterDeps, 'db' | 'dynamo' | 'registered'>,
  { projection, aggregateId, eventSequence }: DeadLetterKey,
): Promise<DeadLetter | undefined> {
  if (registered.hotViews.some(({ name }) => name === projection)) {
    const letter = (await getHotDeadLetters(dynamo, projection, [aggregateId])).get(aggregateId);
    return letter && [...toDead(letter), ...toSkipped(letter)].find(isAt(eventSequence));
  }
  const rows = await db
    .select()
    .from(deadLetters)
    .where(
      and(
        eq(deadLetters.projection, projection),
        eq(deadLetters.aggregateId, aggregateId),
        eq(deadLetters.eventSequence, eventSequence),
      ),
    );
  return rows.map((row) => ({ ...toDeadLetter(row), waiting: null }))[0];
}

const isAt = (sequence: number) => (letter: DeadLetter) => letter.eventSequence === sequence;
