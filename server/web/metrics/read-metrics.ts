import { countConflicts } from '#server/journal/count-conflicts.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import type { Db } from '#server/platform/postgres.ts';
import { HOT_VIEWS } from '#server/projections/dead-letters/dead-letter-deps.ts';
import { countHotLetters } from '#server/projections/dead-letters/hot-letters.ts';
import { countDeadLetters } from '#server/projections/get-projection-statuses.ts';
import { getProjectionLag } from '#server/projections/lag.ts';
import { listPaused } from '#server/projections/pause-projection.ts';
import { CONSUMERS, getConsumerLag } from '#server/stream/consumer-lag.ts';
import { within } from '../within.ts';
import type { DynamoFacts, PostgresFacts } from './store-gauges.ts';
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
 * The web server's metrics as Prometheus reads them, with the lag, the pauses and the dead letters of
 * this moment. A store that does not answer has none here, and `playhead_store_up` 0. Never throws for
 * that.
 */
export async function readMetrics({ metrics, db, dynamo, now }: MetricsDeps): Promise<string> {
  const [ofPostgres, ofDynamo] = await Promise.all([
    within(PATIENCE_MS, () => askPostgres(db)).catch(() => null),
    within(PATIENCE_MS, () => askDynamo(dynamo, now())).catch(() => null),
  ]);
  metrics.setPostgres(ofPostgres);
  metrics.setDynamo(ofDynamo);
  return metrics.registry.metrics();
}

async function askPostgres(db: Db): Promise<PostgresFacts> {
  const [{ projections }, paused, letters, conflicts] = await Promise.all([
    getProjectionLag(db),
    listPaused(db),
    countDeadLetters(db),
    countConflicts(db),
  ]);
  const waiting = new Map([...letters].map(([name, { count }]) => [name, count]));
  return { projections, paused: new Set(paused), waiting, conflicts };
}

async function askDynamo(dynamo: Dynamo, now: Date): Promise<DynamoFacts> {
  const [rows, ...counts] = await Promise.all([
    getConsumerLag(dynamo, now),
    ...HOT_VIEWS.map((view) => countHotLetters(dynamo, view)),
  ]);
  // Shards come and go for ever, so they are no label: what counts is the one that is furthest behind.
  const consumers = CONSUMERS.map((name) => {
    const shards = rows.filter((row) => row.name === name);
    const secondsBehind = Math.max(0, ...shards.map((shard) => shard.secondsBehind));
    return { name, secondsBehind, isPaused: shards.some(({ status }) => status === 'paused') };
  });
  const waiting = new Map(HOT_VIEWS.map((view, index) => [view, counts[index] ?? 0]));
  return { consumers, waiting };
}
