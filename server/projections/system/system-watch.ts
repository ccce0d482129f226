import { sql } from 'drizzle-orm';
import type { SystemState } from '#lib/contracts/system.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { countConflicts } from '#server/journal/count-conflicts.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import type { Db } from '#server/platform/postgres.ts';
import { listWorkers } from '#server/platform/worker-heartbeat.ts';
import { HOT_VIEWS } from '#server/projections/dead-letters/dead-letter-deps.ts';
import { dropFoldable } from '#server/projections/dead-letters/drop-foldable.ts';
import { countHotLetters } from '#server/projections/dead-letters/hot-letters.ts';
import {
  listHotTroubles,
  listProjectedTroubles,
} from '#server/projections/dead-letters/list-troubles.ts';
import {
  countDeadLetters,
  readProjectionRows,
} from '#server/projections/get-projection-statuses.ts';
import { listOutdatedHotViews } from '#server/projections/hot-view-versions.ts';
import { getProjectionLag } from '#server/projections/lag.ts';
import { PROJECTIONS } from '#server/projections/registry.ts';
import { getConsumerLag } from '#server/stream/consumer-lag.ts';
import { createShardSource } from '#server/stream/shard-source.ts';
import { type SystemFacts, toSystemState } from './to-system-state.ts';
import { createWatchedSource } from './watched-source.ts';

/** Watches both databases, the worker and the stream for everybody who asks. */
export type SystemWatch = {
  /** The state now, at most a second old; within two seconds, whatever hangs. Never throws. */
  readonly read: () => Promise<SystemState>;
  /** What the databases told of it, each by itself. */
  readonly readFacts: () => Promise<SystemFacts>;
};

type WatchDeps = {
  readonly dynamo: Dynamo;
  readonly db: Db;
  readonly store: Pick<EventStore, 'read' | 'getRawItem'>;
  readonly now: () => Date;
  /** After how long without an answer a database counts as silent, in milliseconds. */
  readonly patienceMs?: number;
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
  now,
  patienceMs = 2_000,
}: WatchDeps): SystemWatch {
  const options = { now, patienceMs };
  const readWorkers = createWatchedSource(() => listWorkers(dynamo), options);
  const shards = createShardSource(dynamo);
  const readConsumers = createWatchedSource(() => getConsumerLag(dynamo, now(), shards), options);
  const readHotWaiting = createWatchedSource(async () => {
    const counts = await Promise.all(HOT_VIEWS.map((view) => countHotLetters(dynamo, view)));
    return new Map(HOT_VIEWS.map((view, index) => [view, counts[index] ?? 0]));
  }, options);
  const readOutdated = createWatchedSource(() => listOutdatedHotViews(dynamo), {
    ...options,
    freshForMs: TROUBLES_FRESH_MS,
  });
  const pingPostgres = createWatchedSource(() => db.execute(sql`SELECT 1`), options);
  const readPostgres = createWatchedSource(async () => {
    const [lag, rows, letters, conflicts] = await Promise.all([
      getProjectionLag(db),
      readProjectionRows(db, PROJECTIONS),
      countDeadLetters(db),
      countConflicts(db),
    ]);
    const waiting = new Map([...letters].map(([name, { count }]) => [name, count]));
    return { ...lag, rows, waiting, conflicts };
  }, options);
  const seldom = { ...options, freshForMs: TROUBLES_FRESH_MS };
  const readProjected = createWatchedSource(
    async () => dropFoldable(store, await listProjectedTroubles(db)),
    seldom,
  );
  const readHot = createWatchedSource(
    async () => dropFoldable(store, await listHotTroubles(dynamo)),
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
    return { workers, consumers, hotWaiting, outdated, ping, postgres, troubles, now: now() };
  }

  return { readFacts, read: async () => toSystemState(await readFacts()) };
}
