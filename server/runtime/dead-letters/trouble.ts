import type { FailureCategory } from '#server/runtime/platform/failure.ts';

/** An event that a view waits at, or that was left out of it: what a dead letter says, briefly. */
export type Trouble = {
  /** A projection, a hot view, or `journal`. */
  readonly view: string;
  readonly aggregateId: string;
  readonly eventSequence: number;
  readonly eventId: string | null;
  readonly eventType: string | null;
  readonly category: FailureCategory;
  readonly error: string;
  readonly errorGroup: string;
  /** Null while the aggregate waits at it. Times in ISO 8601. */
  readonly skipped: { readonly by: string; readonly at: string; readonly reason: string } | null;
};

/** Categories of what a fold cannot take in either: skipping it does not mend the aggregate. */
export const UNFOLDABLE: readonly FailureCategory[] = ['unknown-type', 'unreadable', 'gap'];
