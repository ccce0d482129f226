import type { FailureCategory } from '#server/runtime/platform/failure.ts';
import type { DeadLetterKey } from './retry-outcome.ts';

/** An event that failed for good, or was skipped. Moments in ISO 8601. */
export type DeadLetter = DeadLetterKey & {
  /** `retrying`: somebody brings the aggregate up again, or was cut off at that: retry. */
  readonly status: 'dead' | 'retrying' | 'skipped';
  /** Null where the event is not in the journal. */
  readonly position: number | null;
  readonly eventId: string | null;
  readonly eventType: string | null;
  readonly category: FailureCategory;
  readonly error: string;
  readonly errorGroup: string;
  readonly stack: string | null;
  /** The stored item as JSON, where it is no event. */
  readonly rawItem: string | null;
  readonly attempts: number;
  readonly firstFailedAt: string;
  readonly lastFailedAt: string;
  /** The aggregate's later events, which wait behind it; null where that is not known now. */
  readonly waiting: number | null;
  readonly skipped: { readonly at: string; readonly by: string; readonly reason: string } | null;
};

/** Dead letters of one projection with the same error. */
export type DeadLetterGroup = {
  readonly projection: string;
  readonly category: FailureCategory;
  readonly eventType: string | null;
  /** The error without ids and numbers: what a filter takes as `errorGroup`. */
  readonly errorGroup: string;
  /** So many aggregates wait; `letters` may show fewer. */
  readonly aggregates: number;
  /** So many events wait behind them; null where that is not known now. */
  readonly waiting: number | null;
  /** The longest dead first. */
  readonly letters: readonly DeadLetter[];
};
