/** What a rebuild will read and take, before it is begun. */
export type RebuildEstimate = {
  /** Journal events to read. */
  readonly events: number;
  /** Null when nothing is known of its speed. */
  readonly seconds: number | null;
  /** What the tables of the generation that serves take on the disk, indexes included. */
  readonly bytes: number;
  /** Events per second that `seconds` is reckoned with: of the last rebuild, or of a sample. */
  readonly rate: number | null;
  readonly basis: 'last-rebuild' | 'sample' | 'nothing';
};

export const REBUILD_KINDS = ['rebuild', 'rollback', 'bus'] as const;

/** What fills a generation: the journal, also after the previous one as it was (rollback), or the bus. */
export type RebuildKind = (typeof REBUILD_KINDS)[number];

/** The event at which a rebuild stopped, and why. */
export type RebuildError = {
  readonly message: string;
  /** Null where no single event is to blame. */
  readonly event: {
    readonly position: number;
    readonly aggregateId: string;
    readonly eventSequence: number;
    readonly eventType: string;
  } | null;
};

export type RebuildStatus = 'running' | 'ready' | 'swapped' | 'discarded' | 'failed' | 'cancelled';

/** A rebuild as people see it. Moments are ISO 8601. */
export type Rebuild = {
  readonly id: number;
  readonly projection: string;
  readonly kind: RebuildKind;
  readonly status: RebuildStatus;
  readonly fromVersion: number;
  readonly version: number;
  readonly startPosition: number;
  readonly position: number;
  /** Where the generation that serves stands now (at the end of the rebuild, once that is over). */
  readonly target: number;
  /** Events per second; null before there is any. */
  readonly rate: number | null;
  /** Until it has come to `target`; null when it is unknown, or over. */
  readonly secondsLeft: number | null;
  readonly estimate: RebuildEstimate;
  readonly error: RebuildError | null;
  /** Who fills it; null before a worker has taken it up. */
  readonly worker: string | null;
  readonly requestedBy: string;
  readonly startedAt: string;
  readonly updatedAt: string;
  /** What it replaced, while that is kept for a rollback. */
  readonly previous: { readonly version: number; readonly position: number } | null;
};
