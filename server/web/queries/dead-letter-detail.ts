import { z } from 'zod';
import type { DeadLetterDetail } from '#lib/contracts/dead-letters.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { countBehind } from '#server/runtime/dead-letters/count-behind.ts';
import type { DeadLetterDeps } from '#server/runtime/dead-letters/dead-letter-deps.ts';
import { isFoldable } from '#server/runtime/dead-letters/drop-foldable.ts';
import { getDeadLetter } from '#server/runtime/dead-letters/get-dead-letter.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { parseMalformedItemId } from '#server/runtime/event-store/malformed-item-id.ts';
import { toRawJson } from '#server/runtime/event-store/raw-json.ts';
import { sequenceSchema } from '#server/runtime/queries/parse-query.ts';
import { within } from '#server/runtime/queries/within.ts';
import { exactParam, findJournaled, toItem, toProblem } from './dead-letter-params.ts';

export const deadLetterDetailQuerySchema = z.object({
  projection: exactParam,
  aggregateId: exactParam,
  eventSequence: z.coerce.number().pipe(sequenceSchema),
});
type DetailQuery = z.output<typeof deadLetterDetailQuerySchema>;

const TIMEOUT_MS = 2_500;

/** Events behind it that are shown. */
const MOST_BEHIND = 20;

type DetailDeps = Pick<DeadLetterDeps, 'db' | 'dynamo' | 'registered'> & {
  readonly store: EventStore;
};

/**
 * One dead letter, or skipped event, with the item as it lies in the event store, and what waits behind it;
 * while DynamoDB does not answer, with what was kept of it. Throws DEAD_LETTER_NOT_FOUND, and the errors of
 * the database that the letter is in.
 */
export async function getDeadLetterDetail(
  deps: DetailDeps,
  query: DetailQuery,
): Promise<DeadLetterDetail> {
  const { projection, aggregateId, eventSequence } = query;
  const letter = await getDeadLetter(deps, query);
  if (letter === undefined) {
    throw new PlayheadError(
      'DEAD_LETTER_NOT_FOUND',
      `${aggregateId} does not wait at event ${eventSequence} in ${projection} any more.`,
    );
  }
  const item = toItem(letter, await findJournaled(deps.db, [letter]));
  const kept = letter.rawItem === null ? null : parseJson(letter.rawItem);
  const { store } = deps;
  try {
    const [stored, behind, [waiting], isReadable] = await within(TIMEOUT_MS, () =>
      Promise.all([
        readItem(store, query),
        letter.skipped === null ? readBehind(store, query) : [],
        letter.skipped === null ? countBehind(store, [query]) : [null],
        item.isUnfoldable && isFoldable(store, query),
      ]),
    );
    const isUnfoldable = item.isUnfoldable && !isReadable;
    return {
      letter: { ...item, waiting: waiting ?? null, isUnfoldable },
      stack: letter.stack,
      rawItem: stored ?? kept,
      behind,
      problems: [],
    };
  } catch (error) {
    const problems = [toProblem('DynamoDB', error)];
    return { letter: item, stack: letter.stack, rawItem: kept, behind: [], problems };
  }
}

async function readItem(
  store: EventStore,
  { aggregateId, eventSequence }: DetailQuery,
): Promise<unknown> {
  const key = parseMalformedItemId(aggregateId) ?? { aggregateId, eventSequence };
  const item = await store.getRawItem(key.aggregateId, key.eventSequence);
  return item && parseJson(toRawJson(item));
}

async function readBehind(store: EventStore, { aggregateId, eventSequence }: DetailQuery) {
  if (parseMalformedItemId(aggregateId) !== undefined) {
    return [];
  }
  const upTo = eventSequence + MOST_BEHIND;
  const found = await store.readBackwards(aggregateId, { upTo, limit: MOST_BEHIND });
  return found
    .filter((event) => event.eventSequence > eventSequence)
    .toReversed()
    .map(({ eventSequence: sequence, eventId, eventType, timestamp }) => {
      return { eventSequence: sequence, eventId, eventType, timestamp };
    });
}

/** A stored item that was cut, being very long, stays the text that it is. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
