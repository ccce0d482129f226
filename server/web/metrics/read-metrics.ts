import { CONSUMERS } from '#server/runtime/stream/consumer-lag.ts';
import type { SystemFacts } from '#server/runtime/system/system-facts.ts';
import type { SystemWatch } from '#server/runtime/system/system-watch.ts';
import { toSystemState } from '#server/runtime/system/to-system-state.ts';
import type { DynamoFacts, PostgresFacts } from './store-gauges.ts';
import type { WebMetrics } from './web-metrics.ts';

type MetricsDeps = { readonly metrics: WebMetrics; readonly systemWatch: SystemWatch };

/**
 * The web server's metrics as Prometheus reads them, with the lag, the pauses and the dead letters of
 * this moment, the same that the pages show. A store that does not answer has none here, and
 * `playhead_store_up` 0; what cannot be measured is left out. Never throws for that.
 */
export async function readMetrics({ metrics, systemWatch }: MetricsDeps): Promise<string> {
  const facts = await systemWatch.readFacts();
  metrics.setPostgres(toPostgresFacts(facts));
  metrics.setDynamo(toDynamoFacts(facts));
  return metrics.registry.metrics();
}

function toPostgresFacts(facts: SystemFacts): PostgresFacts | null {
  if (facts.postgres.facts === null) {
    return null;
  }
  const { rows, waiting, conflicts } = facts.postgres.facts;
  const { views } = toSystemState(facts);
  const projections = rows.map(({ name }) => {
    const view = views.find((each) => each.view === name);
    const eventsBehind = view?.eventsBehind ?? null;
    return { name, eventsBehind, secondsBehind: toSeconds(view?.behindSince, eventsBehind, facts) };
  });
  const paused = new Set(rows.flatMap((row) => (row.paused === null ? [] : row.name)));
  return { projections, paused, waiting, conflicts };
}

function toSeconds(
  since: string | null | undefined,
  eventsBehind: number | null,
  { now }: SystemFacts,
): number | null {
  if (eventsBehind === null) {
    return null;
  }
  return since ? (now.getTime() - Date.parse(since)) / 1_000 : 0;
}

function toDynamoFacts({
  consumers: found,
  hotWaiting,
  registered,
}: SystemFacts): DynamoFacts | null {
  if (found.facts === null || hotWaiting.facts === null) {
    return null;
  }
  const rows = found.facts;
  // Shards come and go for ever, so they are no label: what counts is the one that is furthest behind.
  const consumers = CONSUMERS.map((name) => {
    const shards = rows.filter((row) => row.name === name);
    const isKnown = shards.length > 0 && shards.every((shard) => shard.secondsBehind !== null);
    const seconds = Math.max(0, ...shards.map((shard) => shard.secondsBehind ?? 0));
    return {
      name,
      secondsBehind: isKnown ? seconds : null,
      isPaused: shards.some(({ status }) => status === 'paused'),
    };
  });
  const counts = hotWaiting.facts;
  const waiting = new Map(registered.hotViews.map(({ name }) => [name, counts.get(name) ?? 0]));
  return { consumers, waiting };
}
