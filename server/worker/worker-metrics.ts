import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import {
  createDroppedLogLinesCounter,
  createRetryCounter,
} from '#server/runtime/platform/metrics.ts';
import type { ConsumerName } from '#server/runtime/stream/consumer.ts';
import { CONSUMERS } from '#server/runtime/stream/consumer-lag.ts';
import { type ConsumerObserver, LEASE_CHANGES } from '#server/runtime/stream/consumer-observer.ts';
import { CLAIM_CHANGES, type ProjectorObserver } from '#server/runtime/views/projector-observer.ts';
import { visibleAfterSeconds } from './visible-after.ts';

/** 10 ms to ten minutes, after which an event is no measure any more. */
const VISIBLE_BUCKETS = [
  0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 600,
];

export type WorkerMetrics = {
  readonly registry: Registry;
  /** So many events are new in the journal. */
  readonly ingested: (events: number) => void;
  readonly observeConsumer: (name: ConsumerName) => ConsumerObserver;
  readonly observeProjector: (name: string) => ProjectorObserver;
};

/** What a worker of these views counts, in a registry of its own; docs/metrics.md lists it. */
export function createWorkerMetrics(views: readonly { readonly name: string }[]): WorkerMetrics {
  const registry = new Registry();
  const registers = [registry];
  createDroppedLogLinesCounter(registry);
  const ingested = new Counter({
    name: 'playhead_events_ingested_total',
    help: 'Events written to the journal',
    registers,
  });
  const visible = new Histogram({
    name: 'playhead_write_to_visible_seconds',
    help: 'From the timestamp of an event to the checkpoint behind it',
    labelNames: ['projection'],
    buckets: VISIBLE_BUCKETS,
    registers,
  });
  const leaseChanges = new Counter({
    name: 'playhead_lease_changes_total',
    help: 'Leases that this worker took, stole, lost or released',
    labelNames: ['lease', 'change'],
    registers,
  });
  const claimChanges = new Counter({
    name: 'playhead_claim_changes_total',
    help: 'Claims to projections that this worker took, lost or released',
    labelNames: ['projection', 'change'],
    registers,
  });
  const claimed = new Gauge({
    name: 'playhead_projection_claimed',
    help: 'Whether this worker runs a projection',
    labelNames: ['projection'],
    registers,
  });
  const projections = views.map(({ name }) => name);
  const { retried } = createRetryCounter(registry, [...CONSUMERS, ...projections]);
  for (const lease of CONSUMERS) {
    for (const change of LEASE_CHANGES) {
      leaseChanges.inc({ lease, change }, 0);
    }
  }
  for (const projection of projections) {
    claimed.set({ projection }, 0);
    for (const change of CLAIM_CHANGES) {
      claimChanges.inc({ projection, change }, 0);
    }
  }
  return {
    registry,
    ingested: (events) => ingested.inc(events),
    observeConsumer: (lease) => ({
      leaseChanged: (change) => leaseChanges.inc({ lease, change }),
      retried: () => retried(lease),
    }),
    observeProjector: (projection) => ({
      applied: (events) => {
        const now = Date.now();
        for (const { timestamp } of events) {
          const seconds = visibleAfterSeconds(timestamp, now);
          if (seconds !== undefined) {
            visible.observe({ projection }, seconds);
          }
        }
      },
      retried: () => retried(projection),
      claimChanged: (change) => {
        claimChanges.inc({ projection, change });
        claimed.set({ projection }, change === 'taken' ? 1 : 0);
      },
    }),
  };
}
