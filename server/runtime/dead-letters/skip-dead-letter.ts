import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { retryTransient } from '#server/runtime/platform/retry-transient.ts';
import { type DeadLetterDeps, type Place, toPlaces } from './dead-letter-deps.ts';
import { toInvalidInput } from './dead-letter-filter.ts';
import { skipHot } from './retry-hot.ts';
import { skipJournal } from './retry-journal.ts';
import type { DeadLetterKey, RetryOutcome } from './retry-outcome.ts';
import { type SkipReason, skipProjected } from './retry-projected.ts';

/** What is left out, and why: that is a must, for the view differs from the events from then on. */
const skipSchema = z.strictObject({
  projection: z.string().min(1),
  aggregateId: z.string().min(1),
  eventSequence: z.number().int().positive(),
  reason: z.string().trim().min(1, 'say why'),
});

/**
 * Leaves one dead event out of a projection, a hot view or (`journal`) all projections for ever, and
 * brings up what waits behind it, as far as it goes. Recorded with who, when and why; reconcile shows
 * the difference as explained. Throws INVALID_INPUT, DEAD_LETTER_NOT_FOUND when no aggregate waits at
 * that event, PROJECTION_OUTDATED and the databases' errors.
 */
export async function skipDeadLetter(
  deps: DeadLetterDeps,
  input: unknown,
  actor: string,
): Promise<Exclude<RetryOutcome, { kind: 'gone' }>> {
  const parsed = skipSchema.safeParse(input);
  if (!parsed.success) {
    throw toInvalidInput(parsed.error);
  }
  const { reason, ...key } = parsed.data;
  const [place] = toPlaces(deps.registered, key.projection);
  const outcome = place && (await retryTransient(() => skip(deps, place, key, { actor, reason })));
  if (outcome === undefined || outcome.kind === 'gone') {
    const { projection, aggregateId, eventSequence } = key;
    throw new PlayheadError(
      'DEAD_LETTER_NOT_FOUND',
      `${aggregateId} does not wait at event ${eventSequence} in ${projection}. Look at the list again.`,
    );
  }
  return outcome;
}

function skip(
  deps: DeadLetterDeps,
  place: Place,
  key: DeadLetterKey,
  operator: SkipReason,
): Promise<RetryOutcome> {
  switch (place.kind) {
    case 'journal':
      return skipJournal(deps, key, operator);
    case 'projected':
      return skipProjected(deps.db, place.projection, key, operator);
    case 'hot':
      return skipHot(deps, place.view, key, operator);
  }
}
