import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { createEventStore } from '#server/event-store/create-event-store.ts';
import { parseStoredEvent, type StoredEvent } from '#server/event-store/stored-event.ts';
import { createIngest } from '#server/journal/ingest.ts';
import { createDynamo } from '#server/platform/dynamo.ts';
import type { Env } from '#server/platform/env.ts';
import type { Logger } from '#server/platform/logger.ts';
import {
  createNotifications,
  JOURNAL_CHANNEL,
  LISTENING_CHANNEL,
} from '#server/platform/notifications.ts';
import { createPostgres } from '#server/platform/postgres.ts';
import { createHotViews } from '#server/projections/hot-views.ts';
import { createProjector } from '#server/projections/projector.ts';
import { PROJECTIONS } from '#server/projections/registry.ts';
import type { Receiver } from '#server/stream/consume-shard.ts';
import { type ConsumerName, createConsumer } from '#server/stream/consumer.ts';
import { startHeartbeat } from './heartbeat.ts';
import { startMetricsServer } from './metrics-server.ts';
import { createWorkerMetrics } from './worker-metrics.ts';

export type Worker = {
  readonly workerId: string;
  /** Finishes what is in hand, gives the leases back and closes the connections. */
  readonly stop: () => Promise<void>;
};

/** One for each projector and for ingest, and some to spare. */
const POSTGRES_CONNECTIONS = PROJECTIONS.length + 4;

/**
 * Puts the worker together and starts it: the consumer `journal` (stream to PostgreSQL), the
 * consumer `hot-views` (stream to DynamoDB), a projector per projection, the heartbeat, and with a
 * METRICS_PORT the metrics' server. It needs neither database to be up: all of them retry. Any
 * number of workers may run.
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
  });
  const store = createEventStore(dynamo, {
    commandRetentionDays: env.COMMAND_RETENTION_DAYS,
  });

  const consume = (name: ConsumerName, deliver: Receiver<StoredEvent>['deliver']) =>
    createConsumer({
      dynamo,
      name,
      workerId,
      receiver: { parse: parseStoredEvent, deliver, readAll: () => store.scan() },
      logger,
      observer: metrics.observeConsumer(name),
      pollIntervalMs: env.STREAM_POLL_INTERVAL_MS,
    });
  const ingest = createIngest({ db: postgres.db, store });
  const consumers = [
    consume('journal', async (events) => {
      const { inserted } = await ingest(events);
      metrics.ingested(inserted);
    }),
    consume('hot-views', createHotViews({ dynamo, store })),
  ];
  const projectors = PROJECTIONS.map((projection) =>
    createProjector({
      postgres,
      projection,
      logger,
      observer: metrics.observeProjector(projection.name),
    }),
  );

  const unsubscribe = createNotifications(postgres.sql).subscribe(({ channel }) => {
    if (channel === JOURNAL_CHANNEL || channel === LISTENING_CHANNEL) {
      for (const projector of projectors) {
        projector.wake();
      }
    }
  });
  const heartbeat = startHeartbeat(dynamo, logger, workerId, () => ({
    consumers: consumers.flatMap((consumer) => consumer.status()),
    projectors: projectors.map((projector) => projector.status()),
  }));
  const metricsServer =
    env.METRICS_PORT === undefined
      ? undefined
      : startMetricsServer(metrics.registry, { port: env.METRICS_PORT, logger });
  logger.info({ workerId }, 'the worker is running');

  return {
    workerId,
    stop: async () => {
      unsubscribe();
      await Promise.all([...consumers, ...projectors].map((each) => each.stop()));
      await heartbeat.stop();
      await metricsServer?.stop();
      await postgres.close();
      dynamo.close();
      logger.info({ workerId }, 'the worker has stopped');
    },
  };
}
