import type { DeadLetterGroup } from './dead-letter.ts';

/** Dead letters of one place with the same error, counted. Moments in ISO 8601. */
export type DeadLetterCause = Omit<DeadLetterGroup, 'letters' | 'aggregates'> & {
  /** Aggregates that wait, or events that were skipped. */
  readonly count: number;
  /** There are more than were looked at. */
  readonly atLeast: boolean;
  readonly firstFailedAt: string;
  readonly lastFailedAt: string;
};

/** How many there are of what a list of them can be narrowed to. */
export type CauseCell = Pick<DeadLetterCause, 'projection' | 'category' | 'eventType' | 'count'>;
