import { z } from 'zod';
import { DEAD_LETTER_STATES, type DeadLetterItem } from '#lib/contracts/dead-letters.ts';
import type { DeadLetter } from '#server/runtime/dead-letters/dead-letter.ts';
import type { DeadLetterFilter } from '#server/runtime/dead-letters/dead-letter-filter.ts';
import { UNFOLDABLE } from '#server/runtime/dead-letters/trouble.ts';
import { isMalformedItemId } from '#server/runtime/event-store/malformed-item-id.ts';
import { journal } from '#server/runtime/journal/journal-table.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import { FAILURE_CATEGORIES } from '#server/runtime/platform/failure.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { isIn } from '#server/runtime/queries/is-in.ts';
import { within } from '#server/runtime/queries/within.ts';

/** A text to be met exactly: PostgreSQL's texts hold no NUL, and it refuses to compare with one. */
export const exactParam = z
  .string()
  .max(8_000)
  .transform((text) => text.replaceAll('\0', ''));

/** What dead letters are narrowed to; `untyped` stands for an event type that cannot be read. */
export const deadLetterParams = {
  projection: exactParam.optional(),
  category: z.enum(FAILURE_CATEGORIES).optional(),
  eventType: exactParam.optional(),
  untyped: z.stringbool().default(false),
  errorGroup: exactParam.optional(),
  aggregateId: exactParam.optional(),
  state: z.enum(DEAD_LETTER_STATES).default('waiting'),
};

type Params = z.output<z.ZodObject<typeof deadLetterParams>>;

export function toFilter({ eventType, untyped, state: _, ...filter }: Params): DeadLetterFilter {
  const type = untyped ? null : eventType;
  return {
    ...(filter.projection !== undefined && { projection: filter.projection }),
    ...(filter.category !== undefined && { category: filter.category }),
    ...(type !== undefined && { eventType: type }),
    ...(filter.errorGroup !== undefined && { errorGroup: filter.errorGroup }),
    ...(filter.aggregateId !== undefined && { aggregateId: filter.aggregateId }),
  };
}

/** A letter as it travels; `journaled`: event ids that the journal has. What lies in no aggregate's history keeps no commands from one. */
export function toItem(letter: DeadLetter, journaled: ReadonlySet<string>): DeadLetterItem {
  const { projection, aggregateId, eventSequence, eventId, eventType, category, error } = letter;
  const { attempts, firstFailedAt, lastFailedAt, waiting, skipped } = letter;
  return {
    ...{ projection, aggregateId, eventSequence, eventId, eventType, category, error },
    ...{ attempts, firstFailedAt, lastFailedAt, waiting, skipped },
    isInJournal: letter.position !== null || (eventId !== null && journaled.has(eventId)),
    isUnfoldable: UNFOLDABLE.includes(category) && !isMalformedItemId(aggregateId),
  };
}

/** Why a part is not known now, as a sentence. */
export function toProblem(store: 'PostgreSQL' | 'DynamoDB', error: unknown): string {
  const isLate = error instanceof DOMException && error.name === 'TimeoutError';
  const sentence = isLate ? `${store} does not answer.` : toErrorSentence(error);
  return `What is in ${store} is not known now: ${sentence}`;
}

const JOURNAL_MS = 2_000;

/** Which events of hot views' letters the journal has; none while PostgreSQL does not answer. */
export async function findJournaled(
  db: Db,
  letters: readonly DeadLetter[],
): Promise<ReadonlySet<string>> {
  const ids = letters.flatMap(({ position, eventId }) =>
    position === null && eventId !== null ? eventId : [],
  );
  if (ids.length === 0) {
    return new Set();
  }
  const found = await within(JOURNAL_MS, () =>
    db.select({ id: journal.eventId }).from(journal).where(isIn(journal.eventId, ids)),
  ).catch(() => []);
  return new Set(found.map(({ id }) => id));
}
