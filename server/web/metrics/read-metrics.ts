import type { Dynamo } from '#server/platform/dynamo.ts';
import type { Db } from '#server/platform/postgres.ts';
import { getProjectionLag } from '#server/projections/lag.ts';
import { CONSUMERS, getConsumerLag } from '#server/stream/consumer-lag.ts';
import { within } from '../within.ts';
import type { WebMetrics } from './web-metrics.ts';

/** Prometheus waits for ten seconds. */
const PATIENCE_MS = 3_000;

type MetricsDeps = {
  readonly metrics: WebMetrics;
  readonly db: Db;
  readonly dynamo: Dynamo;
  readonly now: () => Date;
};

/**
 * The web server's metrics as Prometheus reads them, with the lag of this moment. A store that does
 * not answer has no lag here, and `playhead_store_up` 0. Never throws for that.
 */
export async function readMetrics({ metrics, db, dynamo, now }: MetricsDeps): Promise<string> {
  const [projections, consumers] = await Promise.all([
    within(PATIENCE_MS, () => getProjectionLag(db)).catch(() => null),
    within(PATIENCE_MS, () => getConsumerLag(dynamo, now())).catch(() => null),
  ]);
  metrics.setProjectionLag(
    projections?.projections.map(({ name, eventsBehind, secondsBehind }) => ({
      name,
      events: eventsBehind,
      seconds: secondsBehind,
    })) ?? null,
  );
  // Shards come and go for ever, so they are no label: what counts is the one that is furthest behind.
  metrics.setConsumerLag(
    consumers &&
      CONSUMERS.map((name) => ({
        name,
        seconds: Math.max(
          0,
          ...consumers.flatMap((row) => (row.name === name ? row.secondsBehind : [])),
        ),
      })),
  );
  return metrics.registry.metrics();
}
