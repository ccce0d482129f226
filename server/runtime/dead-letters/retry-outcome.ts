/** An event in a projection, a hot view or ingest (`journal`). */
export type DeadLetterKey = {
  readonly projection: string;
  readonly aggregateId: string;
  readonly eventSequence: number;
};

/**
 * What came of bringing an aggregate up behind a dead letter. `applied`: nothing waits any more;
 * `dead`: it waits at the event `at` now, which may be the same one; `gone`: there was no such dead
 * letter (any more).
 */
export type RetryOutcome =
  | { readonly kind: 'applied'; readonly applied: number }
  | {
      readonly kind: 'dead';
      readonly applied: number;
      readonly at: number;
      readonly error: string;
    }
  | { readonly kind: 'gone' };
