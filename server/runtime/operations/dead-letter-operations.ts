import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { toPlaces } from '#server/runtime/dead-letters/dead-letter-deps.ts';
import { deadLetterFilterSchema } from '#server/runtime/dead-letters/dead-letter-filter.ts';
import { listDeadLetters } from '#server/runtime/dead-letters/list-dead-letters.ts';
import { retryDeadLetters } from '#server/runtime/dead-letters/retry-dead-letters.ts';
import type { DeadLetterKey } from '#server/runtime/dead-letters/retry-outcome.ts';
import { skipDeadLetter } from '#server/runtime/dead-letters/skip-dead-letter.ts';
import { defineOperation, type OperationDeps } from './operation.ts';

/** Retrying and skipping dead letters. */
export const deadLetterOperations = [
  defineOperation({
    kind: 'retry-dead-letters',
    input: z.strictObject({
      filter: deadLetterFilterSchema,
      limit: z.number().int().positive().optional(),
    }),
    toSubject: ({ filter }, registered) => {
      toPlaces(registered, filter.projection);
      return filter.aggregateId ?? filter.projection ?? 'all';
    },
    run: (deps, { filter, limit }, operator, { signal, onProgress }) =>
      retryDeadLetters(deps, filter, operator, {
        ...(limit !== undefined && { limit }),
        signal,
        onProgress,
      }),
  }),
  defineOperation({
    kind: 'skip-dead-letter',
    /** Without a projection, in every view in which the aggregate waits at that event. */
    input: z.strictObject({
      projection: z.string().optional(),
      aggregateId: z.string(),
      eventSequence: z.number().int().positive(),
    }),
    toSubject: ({ projection, aggregateId }, registered) => {
      toPlaces(registered, projection);
      return aggregateId;
    },
    run: async (deps, { projection, ...event }, { actor, reason }, { signal, onProgress }) => {
      const places = projection === undefined ? await listWaiting(deps, event) : [projection];
      const skipped = [];
      for (const [done, place] of places.entries()) {
        signal.throwIfAborted();
        onProgress(done, places.length);
        const key = { ...event, projection: place, reason };
        const outcome = await skipDeadLetter(deps, key, actor);
        const { applied } = outcome;
        const { at, error } = outcome.kind === 'dead' ? outcome : { at: null, error: null };
        skipped.push({ projection: place, applied, at, error });
      }
      return { skipped };
    },
  }),
];

/** The views in which an aggregate waits at an event. Throws DEAD_LETTER_NOT_FOUND when there is none. */
async function listWaiting(
  deps: OperationDeps,
  { aggregateId, eventSequence }: Pick<DeadLetterKey, 'aggregateId' | 'eventSequence'>,
): Promise<readonly string[]> {
  const { groups, problems } = await listDeadLetters(deps, { aggregateId });
  const places = groups
    .flatMap(({ letters }) => letters)
    .filter((letter) => letter.eventSequence === eventSequence)
    .map(({ projection }) => projection);
  if (places.length === 0) {
    const sentence =
      problems[0] ??
      `${aggregateId} does not wait at event ${eventSequence}. Look at the list again.`;
    throw new PlayheadError('DEAD_LETTER_NOT_FOUND', sentence);
  }
  return places;
}
