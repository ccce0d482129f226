import { sql } from 'drizzle-orm';
import { dropFoldable } from '#server/runtime/dead-letters/drop-foldable.ts';
import { countHotDeadLetters } from '#server/runtime/dead-letters/hot-dead-letters.ts';
import {
  listHotTroubles,
  listProjectedTroubles,
} from '#server/runtime/dead-letters/list-troubles.ts';
import { listOutdatedHotViews } from '#server/runtime/hot-views/hot-view-versions.ts';
import type { HistoryStore } from '#server/runtime/hot-views/read-history.ts';
import { countConflicts } from '#server/runtime/journal/count-conflicts.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { listWorkers } from '#server/runtime/platform/worker-heartbeat.ts';
import type { RegisteredViews } from '#server/runtime/registered.ts';
import { getConsumerLag } from '#server/runtime/stream/consumer-lag.ts';
import { createShardSource } from '#server/runtime/stream/shard-source.ts';
import {
  countDeadLetters,
  readProjectionRows,
} from '#server/runtime/views/get-projection-statuses.ts';
import { getProjectionLag } from '#server/runtime/views/lag.ts';
import { listFailingWebhooks } from '#server/runtime/webhooks/list-webhooks.ts';
import { listAlertResponses } from './alert-responses.ts';
import { readLagThresholds } from './lag-thresholds.ts';
import type { SystemFacts } from './system-facts.ts';
import { type ObservedState, toSystemState } from './to-system-state.ts';
import { createWatchedSource } from './watched-source.ts';

/** Watches both databases, the worker and the stream for everybody who asks. */
export type SystemWatch = {
  /** The state now, at most a second old; within two seconds, whatever hangs. Never throws. */
  readonly read: () => Promise<ObservedState>;
  /** What the databases told of it, each by itself. */
  readonly readFacts: () => Promise<SystemFacts>;
};

type WatchDeps = {
  readonly dynamo: Dynamo;
  readonly db: Db;
  readonly store: HistoryStore;
  readonly registered: RegisteredViews;
  readonly now: () => Date;
  /** After how long without an answer a database counts as silent, in milliseconds. */
  readonly timeoutMs?: number;
};

/** Dead letters change seldom, so they are looked at less often. In milliseconds. */
const TROUBLES_FRESH_MS = 2_000;

/**
 * Each thing is a source of its own, so that one that hangs leaves the others known; one question at
 * a time for all tabs together.
 */
export function createSystemWatch({
  dynamo,
  db,
  store,
  registered,
  now,
  timeoutMs = 2_000,
}: WatchDeps): SystemWatch {
  const { views, hotViews } = registered;
  const options = { now, timeoutMs };
  const readWorkers = createWatchedSource(() => listWorkers(dynamo), options);
  const shards = createShardSource(dynamo);
  const readConsumers = createWatchedSource(() => getConsumerLag(dynamo, now(), shards), options);
  const readHotWaiting = createWatchedSource(async () => {
    const counts = hotViews.map(
      async ({ name }) => [name, await countHotDeadLetters(dynamo, name)] as const,
    );
    return new Map(await Promise.all(counts));
  }, options);
  const readOutdated = createWatchedSource(() => listOutdatedHotViews(dynamo, hotViews), {
    ...options,
    freshForMs: TROUBLES_FRESH_MS,
  });
  const pingPostgres = createWatchedSource(() => db.execute(sql`SELECT 1`), options);
  const readPostgres = createWatchedSource(async () => {
    const [lag, rows, letters, conflicts, thresholds, alertResponses, failingWebhooks] =
      await Promise.all([
        getProjectionLag(db, views),
        readProjectionRows(db, views),
        countDeadLetters(db),
        countConflicts(db),
        readLagThresholds(db),
        listAlertResponses(db),
        listFailingWebhooks(db),
      ]);
    const waiting = new Map([...letters].map(([name, { count }]) => [name, count]));
    return { ...lag, rows, waiting, conflicts, thresholds, alertResponses, failingWebhooks };
  }, options);
  const seldom = { ...options, freshForMs: TROUBLES_FRESH_MS };
  const readProjected = createWatchedSource(
    async () => dropFoldable(store, await listProjectedTroubles(db)),
    seldom,
  );
  const readHot = createWatchedSource(
    async () => dropFoldable(store, await listHotTroubles(dynamo, hotViews)),
    seldom,
  );

  async function readFacts(): Promise<SystemFacts> {
    const [workers, consumers, hotWaiting, outdated, ping, postgres, projected, hot] =
      await Promise.all([
        readWorkers(),
        readConsumers(),
        readHotWaiting(),
        readOutdated(),
        pingPostgres(),
        readPostgres(),
        readProjected(),
        readHot(),
      ]);
    const troubles = [...(projected.facts ?? []), ...(hot.facts ?? [])];
    return {
      registered,
      workers,
      consumers,
      hotWaiting,
      outdated,
      ping,
      postgres,
      troubles,
      areTroublesKnown: projected.facts !== null && hot.facts !== null,
      now: now(),
    };
  }

  return { readFacts, read: async () => toSystemState(await readFacts()) };
}
