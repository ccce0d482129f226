import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { createEventStore } from '#server/event-store/create-event-store.ts';
import { type DeliveredEvent, toDeliveredEvent } from '#server/event-store/delivered-event.ts';
import { bindWhenUp } from '#server/journal/bind-when-up.ts';
import { createIngest, type Ingest } from '#server/journal/ingest.ts';
import { createJournalKeeper } from '#server/journal/journal-keeper.ts';
import { createDynamo } from '#server/platform/dynamo.ts';
import type { Env } from '#server/platform/env.ts';
import type { Logger } from '#server/platform/logger.ts';
import {
  CONTROL_CHANNEL,
  createNotifications,
  JOURNAL_CHANNEL,
  LISTENING_CHANNEL,
} from '#server/platform/notifications.ts';
import { createPostgres } from '#server/platform/postgres.ts';
import { createHotViews } from '#server/projections/hot-views.ts';
import { createJournalReader } from '#server/projections/journal-reader.ts';
import { createProjector } from '#server/projections/projector.ts';
import { createRebuildRunner } from '#server/projections/rebuild/rebuild-runner.ts';
import { PROJECTIONS } from '#server/projections/registry.ts';
import type { Receiver } from '#server/stream/consume-shard.ts';
import { type ConsumerName, createConsumer } from '#server/stream/consumer.ts';
import { startHeartbeat } from './heartbeat.ts';
import { startMetricsServer } from './metrics-server.ts';
import { createWorkerMetrics } from './worker-metrics.ts';

export type Worker = {
  readonly workerId: string;
  /** Rejects with STORE_MISMATCH when the database is another event store's: nothing is ingested. */
  readonly bound: Promise<void>;
  /** Finishes what is in hand, gives the leases back and closes the connections. */
  readonly stop: () => Promise<void>;
};

/** One for each projector and for ingest, and some to spare. */
const POSTGRES_CONNECTIONS = PROJECTIONS.length + 4;

/** Longer than any statement of ingest or of a projector takes. */
const PATIENCE_MS = 30_000;

/** A pool of its own: rebuilding takes no connection from what serves. */
const REBUILD_CONNECTIONS = 4;

/**
 * Puts the worker together and starts it: the consumer `journal` (stream to PostgreSQL), the
 * consumer `hot-views` (stream to DynamoDB), a projector per projection, who looks after the
 * journal's completeness, who carries out rebuilds, the heartbeat, and with a METRICS_PORT the
 * metrics' server. It needs neither database to be up: all of them retry. Any number of workers may
 * run: they share the work by leases and claims.
 */
export function startWorker({
  env,
  logger,
}: {
  readonly env: Env;
  readonly logger: Logger;
}): Worker {
  const workerId = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const metrics = createWorkerMetrics();
  const dynamo = createDynamo(env);
  const postgres = createPostgres(env, {
    application: 'playhead-worker',
    max: POSTGRES_CONNECTIONS,
    patienceMs: PATIENCE_MS,
  });
  const store = createEventStore(dynamo, {
    commandRetentionDays: env.COMMAND_RETENTION_DAYS,
  });

  const rebuildPostgres = createPostgres(env, {
    application: 'playhead-rebuild',
    max: REBUILD_CONNECTIONS,
  });
  const ingestUncounted = createIngest({ db: postgres.db, store });
  // No event gets into another event store's database.
  const stopping = new AbortController();
  const bound = bindWhenUp({ dynamo, db: postgres.db }, stopping.signal);
  bound.catch(() => {});
  const ingest: Ingest = async (events) => {
    await bound;
    const result = await ingestUncounted(events);
    metrics.ingested(result.inserted);
    return result;
  };

  const consume = (name: ConsumerName, deliver: Receiver<DeliveredEvent>['deliver']) =>
    createConsumer({
      dynamo,
      name,
      workerId,
      receiver: { parse: toDeliveredEvent, deliver, readAll: () => store.scanDelivered() },
      logger,
      observer: metrics.observeConsumer(name),
      pollIntervalMs: env.STREAM_POLL_INTERVAL_MS,
    });
  const consumers = [
    consume('journal', ingest),
    consume('hot-views', createHotViews({ dynamo, store })),
  ];
  const keeper = createJournalKeeper({
    dynamo,
    db: postgres.db,
    store,
    ingest,
    workerId,
    logger,
  });
  const journal = createJournalReader(postgres.db);
  const projectors = PROJECTIONS.map((projection) =>
    createProjector({
      postgres,
      journal,
      projection,
      workerId,
      logger,
      observer: metrics.observeProjector(projection.name),
    }),
  );
  const rebuilds = createRebuildRunner({
    postgres: rebuildPostgres,
    projections: PROJECTIONS,
    logger,
    workerId,
  });

  const unsubscribe = createNotifications(postgres).subscribe(({ channel }) => {
    if (channel === JOURNAL_CHANNEL || channel === LISTENING_CHANNEL) {
      for (const projector of projectors) {
        projector.wake();
      }
    }
    if (channel === CONTROL_CHANNEL || channel === LISTENING_CHANNEL) {
      for (const projector of projectors) {
        projector.review();
      }
      rebuilds.wake();
    }
  });
  const heartbeat = startHeartbeat(dynamo, logger, workerId, () => ({
    consumers: consumers.flatMap((consumer) => consumer.status()),
    projectors: projectors.map((projector) => projector.status()),
    journal: keeper.status(),
    rebuilds: [...rebuilds.status()],
  }));
  const metricsServer =
    env.METRICS_PORT === undefined
      ? undefined
      : startMetricsServer(metrics.registry, {
          port: env.METRICS_PORT,
          hosts: env.PLAYHEAD_HOSTS,
          logger,
        });
  logger.info({ workerId }, 'the worker is running');

  return {
    workerId,
    bound,
    stop: async () => {
      stopping.abort();
      unsubscribe();
      const parts = [...consumers, keeper, ...projectors, rebuilds];
      await Promise.all(parts.map((part) => part.stop()));
      await heartbeat.stop();
      await metricsServer?.stop();
      await Promise.all([postgres.close(), rebuildPostgres.close()]);
      dynamo.close();
      logger.info({ workerId }, 'the worker has stopped');
    },
  };
}
