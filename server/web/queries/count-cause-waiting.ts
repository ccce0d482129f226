import { countBehind } from '#server/runtime/dead-letters/count-behind.ts';
import type { DeadLetterCause } from '#server/runtime/dead-letters/dead-letter-cause.ts';
import {
  type LetterPlace,
  readProjectedLetters,
} from '#server/runtime/dead-letters/projected-letters-page.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { JOURNAL } from '#server/runtime/journal/dead-letters-table.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';

/** A cause, of a hot view with its letters, which had to be read to count them. */
export type FoundCause = DeadLetterCause & { readonly letters?: readonly LetterPlace[] };

/** Causes are counted letter by letter, up to so many letters of all of them. */
const MOST_COUNTED = 500;

type CountDeps = { readonly db: Db; readonly store: Pick<EventStore, 'getNewestSequence'> };

/**
 * What waits behind the causes of ingest and of hot views, in the event store; undefined of those that
 * PostgreSQL has counted, and of what is too many to be counted.
 */
export async function countCauseWaiting(
  { db, store }: CountDeps,
  causes: readonly FoundCause[],
): Promise<(number | null | undefined)[]> {
  let left = MOST_COUNTED;
  return Promise.all(
    causes.map(async (cause) => {
      const { projection, count, atLeast, letters } = cause;
      const isCounted = letters === undefined && projection !== JOURNAL;
      if (isCounted || atLeast || count > left) {
        return undefined;
      }
      left -= count;
      const behind = await countBehind(store, letters ?? (await readPlaces(db, cause)));
      const known = behind.flatMap((each) => each ?? []);
      return known.length === count ? known.reduce((sum, each) => sum + each, 0) : null;
    }),
  );
}

function readPlaces(
  db: Db,
  { projection, category, eventType, errorGroup, count }: DeadLetterCause,
) {
  const filter = { projection, category, eventType, errorGroup };
  return readProjectedLetters(db, filter, { skipped: false, limit: count });
}
