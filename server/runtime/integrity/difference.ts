/**
 * A place where a view is not what the events say. `field` names it: "balance", or with the row of
 * a view that has several, "1993-01-31/closing", "17/amount". Minor units as digits, times in ISO
 * 8601; null where there is nothing.
 */
export type Difference = {
  readonly aggregateId: string;
  /** A view's name; `journal`, whose rows are compared with the event store's items; or `event-store`. */
  readonly view: string;
  readonly field: string;
  readonly expected: string | null;
  readonly actual: string | null;
  /** What is known to be behind it: a dead letter or a skipped event of the aggregate in that view. */
  readonly explanation: string | null;
  /**
   * The last event after which the events said what the view holds: the next one is the first that it
   * cannot have been right after. Null where they never did; absent where it was not looked for.
   */
  readonly lastRight?: number | null;
};

type Found = Pick<Difference, 'field' | 'expected' | 'actual'>;

/**
 * Reports one difference of the view at hand; `isBehind`: the view has not come that far yet, which
 * time may cure.
 */
export type ReportDifference = (difference: Found & { readonly isBehind?: boolean }) => void;

/** Differences of one view: the first hundred, how many there are, and whether time may cure one. */
export type Differences = {
  readonly found: readonly Found[];
  readonly count: number;
  readonly isBehind: boolean;
};

/** As many as are kept of one view, and of one aggregate. */
export const MAX_KEPT = 100;

/** Gathers the differences of one view. */
export function createReport(): {
  readonly report: ReportDifference;
  readonly result: () => Differences;
} {
  const found: Found[] = [];
  let count = 0;
  let isSomeBehind = false;
  return {
    report: ({ isBehind = false, ...difference }) => {
      count += 1;
      isSomeBehind ||= isBehind;
      if (found.length < MAX_KEPT) {
        found.push(difference);
      }
    },
    result: () => ({ found, count, isBehind: isSomeBehind }),
  };
}
