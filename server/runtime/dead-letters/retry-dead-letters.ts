import { type ErrorCode, PlayheadError } from '#lib/playhead-error.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import { isConnectionLost } from '#server/runtime/platform/postgres-errors.ts';
import { retryTransient } from '#server/runtime/platform/retry-transient.ts';
import type { Operator } from '#server/runtime/views/record-operator-action.ts';
import { type DeadLetterDeps, type Place, toPlaces } from './dead-letter-deps.ts';
import { type DeadLetterFilter, parseDeadLetterFilter } from './dead-letter-filter.ts';
import { listHotDeadLetters } from './hot-dead-letters.ts';
import { isMeant, toDead } from './list-hot.ts';
import { retryHot } from './retry-hot.ts';
import { retryJournal } from './retry-journal.ts';
import type { DeadLetterKey, RetryOutcome } from './retry-outcome.ts';
import { findDead, retryProjected } from './retry-projected.ts';

/** What came of retrying. */
export type RetrySummary = {
  /** Dead letters that were tried. */
  readonly retried: number;
  /** Those with which nothing waits any more. */
  readonly settled: number;
  /** Events that were applied: the dead ones and those behind them. */
  readonly applied: number;
  /** Aggregates that wait again, in the order in which they were tried; the first hundred. */
  readonly dead: readonly (DeadLetterKey & { readonly at: number; readonly error: string })[];
  /** What could not be tried, and why; without a sequence a whole projection or hot view. */
  readonly failed: readonly RetryFailure[];
};

export type RetryFailure = Pick<DeadLetterKey, 'projection'> &
  Partial<DeadLetterKey> & { readonly error: string };

type RetryOptions = {
  /** Tries so many at most. */
  readonly limit?: number;
  /** Once aborted, it throws the signal's reason; what has been tried stays so. */
  readonly signal?: AbortSignal;
  /** Told after each one how many were tried. */
  readonly onProgress?: (tried: number) => void;
};

const MAX_KEPT = 100;

/**
 * Tries the dead letters that a filter means once each, the longest dead first, and behind each one
 * what waits, in order and as far as it goes. Each is by itself: what has been done stays done when
 * this is cut off, and one that cannot be tried does not keep the others from it. Every one is
 * recorded with who and why. Throws INVALID_INPUT.
 */
export async function retryDeadLetters(
  deps: DeadLetterDeps,
  filter: unknown,
  operator: Operator,
  { limit = Number.POSITIVE_INFINITY, signal, onProgress }: RetryOptions = {},
): Promise<RetrySummary> {
  const wanted = parseDeadLetterFilter(filter);
  const summary = {
    retried: 0,
    settled: 0,
    applied: 0,
    dead: [] as RetrySummary['dead'][number][],
    failed: [] as RetryFailure[],
  };
  const fail = (failure: RetryFailure) => {
    if (summary.failed.length < MAX_KEPT) {
      summary.failed.push(failure);
    }
  };
  let tried = 0;
  for (const place of toPlaces(deps.registered, wanted.projection)) {
    try {
      for (const key of await find(deps, place, wanted)) {
        if (tried >= limit) {
          return summary;
        }
        signal?.throwIfAborted();
        const outcome = await retryTransient(() => retry(deps, place, key, operator)).catch(
          (error: unknown) => {
            if (isOfPlace(error)) {
              throw error;
            }
            fail({ ...key, error: toErrorSentence(error) });
          },
        );
        if (outcome !== undefined && outcome.kind !== 'gone') {
          summary.retried += 1;
          summary.applied += outcome.applied;
          summary.settled += outcome.kind === 'applied' ? 1 : 0;
        }
        tried += 1;
        onProgress?.(tried);
        if (outcome?.kind === 'dead' && summary.dead.length < MAX_KEPT) {
          summary.dead.push({ ...key, at: outcome.at, error: outcome.error });
        }
      }
    } catch (error) {
      signal?.throwIfAborted();
      fail({ projection: place.name, error: toErrorSentence(error) });
    }
  }
  return summary;
}

/** Whether every other dead letter of the same place would fail in the same way. */
function isOfPlace(error: unknown): boolean {
  const codes: readonly ErrorCode[] = ['DYNAMODB_UNAVAILABLE', 'THROTTLED', 'PROJECTION_OUTDATED'];
  return error instanceof PlayheadError ? codes.includes(error.code) : isConnectionLost(error);
}

async function find(
  { db, dynamo }: DeadLetterDeps,
  { kind, name }: Place,
  filter: DeadLetterFilter,
): Promise<DeadLetterKey[]> {
  if (kind !== 'hot') {
    return findDead(db, name, filter);
  }
  const letters = await listHotDeadLetters(dynamo, name);
  return letters
    .flatMap(toDead)
    .filter((letter) => isMeant(letter, filter))
    .toSorted((a, b) => (a.firstFailedAt < b.firstFailedAt ? -1 : 1))
    .map(({ projection, aggregateId, eventSequence }) => ({
      projection,
      aggregateId,
      eventSequence,
    }));
}

function retry(
  deps: DeadLetterDeps,
  place: Place,
  key: DeadLetterKey,
  operator: Operator,
): Promise<RetryOutcome> {
  switch (place.kind) {
    case 'journal':
      return retryJournal(deps, key, operator);
    case 'projected':
      return retryProjected(deps.db, place.projection, key, operator);
    case 'hot':
      return retryHot(deps, place.view, key, operator);
  }
}
