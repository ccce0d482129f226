import type { Spread } from './statistics.ts';

/** What was measured, over the rounds of a measure. */
export type Figure = Spread & {
  /** Which of several figures of a measure it is; empty where there is one. */
  readonly label: string;
  readonly unit: string;
};

/** A bound that the table sets, and the figure that it is about. */
export type Limit = {
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  readonly bound: 'at least' | 'at most';
  readonly limit: number;
};

/** What came of a measure. */
export type Result = {
  readonly name: string;
  readonly title: string;
  readonly figures: readonly Figure[];
  /** The same by a bare loop, or by other means. */
  readonly against: readonly Figure[];
  /** Playhead's rate divided by the bare loop's, round by round. */
  readonly ratio: Spread | null;
  readonly limits: readonly Limit[];
};

/** Whether every bound is kept. */
export function isReached({ limits }: Pick<Result, 'limits'>): boolean {
  return limits.every(({ value, bound, limit }) =>
    bound === 'at least' ? value >= limit : value <= limit,
  );
}
