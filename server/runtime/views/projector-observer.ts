import type { ProjectedEvent } from './postgres-view.ts';

/**
 * What happened to this worker's claim to a projection: `taken` when it was free, `lost` to another
 * worker, a pause or another version of the tables, `released` by itself.
 */
export const CLAIM_CHANGES = ['taken', 'lost', 'released'] as const;
export type ClaimChange = (typeof CLAIM_CHANGES)[number];

/** Hears what a projector does, to count it. Must not throw. */
export type ProjectorObserver = {
  /**
   * These events' effects and the checkpoint behind them are committed: queries show them. The transaction
   * began at `begunAt` (epoch milliseconds).
   */
  readonly applied: (events: readonly ProjectedEvent[], begunAt: number) => void;
  /** An attempt failed and will be repeated. */
  readonly retried: () => void;
  readonly claimChanged: (change: ClaimChange) => void;
};
