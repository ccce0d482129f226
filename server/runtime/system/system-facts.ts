import type { AlertResponse } from '#lib/contracts/alerts.ts';
import type { FailingWebhook } from '#lib/contracts/system.ts';
import type { Trouble } from '#server/runtime/dead-letters/trouble.ts';
import type { OutdatedHotView } from '#server/runtime/hot-views/hot-view-versions.ts';
import type { WorkerHeartbeat } from '#server/runtime/platform/worker-heartbeat.ts';
import type { ConsumerLag } from '#server/runtime/stream/consumer-lag.ts';
import type { ProjectionRow } from '#server/runtime/views/get-projection-statuses.ts';
import type { ProjectionProgress } from '#server/runtime/views/lag.ts';
import type { LagThresholds } from './lag-thresholds.ts';
import type { Watched } from './watched-source.ts';

/** By view, how many aggregates wait at dead letters in it. */
export type Waiting = ReadonlyMap<string, number>;

/** What the databases told, each by itself. */
export type SystemFacts = {
  /** The views that there are. */
  readonly registered: {
    readonly views: readonly { readonly name: string }[];
    readonly hotViews: readonly { readonly name: string; readonly version: number }[];
  };
  readonly workers: Watched<readonly WorkerHeartbeat[]>;
  readonly consumers: Watched<readonly ConsumerLag[]>;
  readonly hotWaiting: Watched<Waiting>;
  /** Hot views that may have items of another version. */
  readonly outdated: Watched<readonly OutdatedHotView[]>;
  /** Whether PostgreSQL answers at all: what it knows may take longer. */
  readonly ping: Watched<unknown>;
  readonly postgres: Watched<{
    readonly head: number;
    readonly projections: readonly ProjectionProgress[];
    readonly rows: readonly ProjectionRow[];
    readonly waiting: Waiting;
    /** Aggregates of which the journal holds another event than the event store. */
    readonly conflicts: number;
    readonly thresholds: LagThresholds;
    readonly alertResponses: readonly AlertResponse[];
    readonly failingWebhooks: readonly FailingWebhook[];
  }>;
  readonly troubles: readonly Trouble[];
  /** Both databases told their part of these. */
  readonly areTroublesKnown: boolean;
  readonly now: Date;
};
