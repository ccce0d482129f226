import { z } from 'zod';
import type { deadLetterPageSchema } from '#lib/contracts/dead-letters.ts';
import { countBehind } from '#server/runtime/dead-letters/count-behind.ts';
import type { DeadLetter } from '#server/runtime/dead-letters/dead-letter.ts';
import { isFoldable } from '#server/runtime/dead-letters/drop-foldable.ts';
import { readHotLetters } from '#server/runtime/dead-letters/hot-letters-page.ts';
import { readProjectedLetters } from '#server/runtime/dead-letters/projected-letters-page.ts';
import type { HistoryStore } from '#server/runtime/hot-views/read-history.ts';
import { encodeCursor, parseCursor } from '#server/runtime/queries/cursor.ts';
import { pageParams, sequenceSchema } from '#server/runtime/queries/parse-query.ts';
import { within } from '#server/runtime/queries/within.ts';
import {
  deadLetterParams,
  exactParam,
  findJournaled,
  toFilter,
  toItem,
} from './dead-letter-params.ts';
import type { DeadLettersDeps } from './dead-letters.ts';

export const deadLetterPageQuerySchema = z.object({
  ...deadLetterParams,
  projection: exactParam,
  ...pageParams,
});
type PageQuery = z.output<typeof deadLetterPageQuerySchema>;

/** Aggregates of a hot view that are looked at for one page. */
const MOST_READ = 2_000;
const COUNT_MS = 2_000;

const placeSchema = z.object({ aggregateId: z.string(), eventSequence: sequenceSchema });
const keySchema = z.object({ key: z.string() });

type PageDeps = DeadLettersDeps & { readonly store: DeadLettersDeps['store'] & HistoryStore };

/**
 * Letters of one view, by aggregate: each with what waits behind it. Throws INVALID_INPUT for another
 * list's cursor, and the database's errors.
 */
export async function getDeadLetterPage(
  deps: PageDeps,
  query: PageQuery,
): Promise<z.input<typeof deadLetterPageSchema>> {
  const { letters, nextCursor } = await readPage(deps, query);
  const uncounted = letters.filter(({ waiting, skipped }) => waiting === null && skipped === null);
  const counts = await within(COUNT_MS, () => countBehind(deps.store, uncounted)).catch(() => []);
  const behind = new Map(uncounted.map((letter, index) => [letter, counts[index] ?? null]));
  const journaled = await findJournaled(deps.db, letters);
  const items = await Promise.all(
    letters.map(async (letter) => {
      const waiting = letter.waiting ?? behind.get(letter) ?? null;
      const item = toItem({ ...letter, waiting }, journaled);
      // What an older program could not read is no wall for one that can.
      const isRead = item.isUnfoldable && item.skipped !== null;
      return isRead ? { ...item, isUnfoldable: !(await isReadable(deps, item)) } : item;
    }),
  );
  return { items, nextCursor };
}

function isReadable({ store }: PageDeps, letter: Parameters<typeof isFoldable>[1]) {
  return within(COUNT_MS, () => isFoldable(store, letter)).catch(() => false);
}

async function readPage(
  { db, dynamo, registered }: PageDeps,
  query: PageQuery,
): Promise<{ letters: readonly DeadLetter[]; nextCursor: string | null }> {
  const { projection, cursor, limit } = query;
  const skipped = query.state === 'skipped';
  const filter = toFilter(query);
  if (registered.hotViews.some(({ name }) => name === projection)) {
    const after = cursor === undefined ? undefined : parseCursor(keySchema, cursor).key;
    const { letters, next } = await readHotLetters(dynamo, projection, filter, {
      ...{ skipped, after },
      enough: limit,
      mostRead: MOST_READ,
    });
    return { letters, nextCursor: next === null ? null : encodeCursor({ key: next }) };
  }
  const after = cursor === undefined ? undefined : parseCursor(placeSchema, cursor);
  const rows = await readProjectedLetters(db, filter, { skipped, after, limit: limit + 1 });
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    letters: rows.slice(0, limit),
    nextCursor: last
      ? encodeCursor({ aggregateId: last.aggregateId, eventSequence: last.eventSequence })
      : null,
  };
}
