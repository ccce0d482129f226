import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { openArchiveReader } from '#server/runtime/archive/open-archive.ts';
import { createBusPublisher } from '#server/runtime/bus/bus-publisher.ts';
import { createBus } from '#server/runtime/bus/create-bus.ts';
import { createReplayRunner } from '#server/runtime/bus/replay-runner.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import {
  type DeliveredEvent,
  toDeliveredEvent,
} from '#server/runtime/event-store/delivered-event.ts';
import { createHotViews } from '#server/runtime/hot-views/hot-views.ts';
import { startQueueReaders } from '#server/runtime/inbound/start-queue-readers.ts';
import { bindWhenUp } from '#server/runtime/journal/bind-when-up.ts';
import { createIngest, type Ingest } from '#server/runtime/journal/ingest.ts';
import { createJournalSupervisor } from '#server/runtime/journal/journal-supervisor.ts';
import {
  createOperationRunner,
  OPERATIONS_AT_ONCE,
} from '#server/runtime/operations/operation-runner.ts';
import { createDynamo } from '#server/runtime/platform/dynamo.ts';
import type { Env } from '#server/runtime/platform/env.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import {
  CONTROL_CHANNEL,
  createNotifications,
  JOURNAL_CHANNEL,
  LISTENING_CHANNEL,
} from '#server/runtime/platform/notifications.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { createRebuildRunner } from '#server/runtime/rebuild/rebuild-runner.ts';
import type { Registry } from '#server/runtime/registry.ts';
import type { Receiver } from '#server/runtime/stream/consume-shard.ts';
import { type ConsumerName, createConsumer } from '#server/runtime/stream/consumer.ts';
import { startAlertWatch } from '#server/runtime/system/alert-watch.ts';
import { startLagSampler } from '#server/runtime/system/lag-sampler.ts';
import { createSystemWatch } from '#server/runtime/system/system-watch.ts';
import type { Tracing } from '#server/runtime/tracing/tracing.ts';
import { createJournalReader } from '#server/runtime/views/journal-reader.ts';
import { createProjector } from '#server/runtime/views/projector.ts';
import type { ProjectorObserver } from '#server/runtime/views/projector-observer.ts';
import { createEntityRows } from '#server/runtime/webhooks/entity-rows.ts';
import { createOutbound } from '#server/runtime/webhooks/outbound.ts';
import { createWebhookRunner } from '#server/runtime/webhooks/webhook-runner.ts';
import { startHeartbeat } from './heartbeat.ts';
import { startMetricsServer } from './metrics-server.ts';
import { createWorkerMetrics } from './worker-metrics.ts';
import { createWorkerTracing } from './worker-tracing.ts';

export type Worker = {
  readonly workerId: string;
  /** Rejects with STORE_MISMATCH when the database is another event store's: nothing is ingested. */
  readonly bound: Promise<void>;
  /** Finishes what is in hand, gives the leases back and closes the connections. */
  readonly stop: () => Promise<void>;
};

/** Beside one for each projector: for ingest, and some to spare. */
const SPARE_CONNECTIONS = 4;

/** Longer than any statement of ingest or of a projector takes. */
const TIMEOUT_MS = 30_000;

/** A pool of its own: rebuilding takes no connection from what serves. */
const REBUILD_CONNECTIONS = 4;

/** Four for each of those that are carried out at a time, as comparing two generations takes them. */
const OPERATION_CONNECTIONS = 4 * OPERATIONS_AT_ONCE;

/**
 * Puts the worker together and starts it: the consumer `journal` (stream to PostgreSQL), the
 * consumer `hot-views` (stream to DynamoDB), a projector per projection, who looks after the
 * journal's completeness, who carries out rebuilds, who carries out what operators ask for, who writes
 * down how far behind the views are, who sends events to webhooks, where there is a bus who publishes to
 * it and who carries out its replays, who takes messages from modules' queues, who ends acknowledgements
 * of alerts that are over, the heartbeat, and with a METRICS_PORT the metrics' server. It needs neither
 * database to be up: all of them retry. Any number of workers may run: they share the work by leases and
 * claims.
 */
export function startWorker({
  env,
  logger,
  registry,
  tracing,
}: {
  readonly env: Env;
  readonly logger: Logger;
  readonly registry: Registry;
  readonly tracing?: Tracing | undefined;
}): Worker {
  const { views, hotViews, aggregates } = registry;
  const workerId = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const metrics = createWorkerMetrics(views);
  const traced = tracing === undefined ? undefined : createWorkerTracing(tracing);
  const dynamo = createDynamo(env);
  const postgres = createPostgres(env, {
    application: 'playhead-worker',
    max: views.length + SPARE_CONNECTIONS,
    timeoutMs: TIMEOUT_MS,
  });
  const store = createEventStore(dynamo, aggregates, {
    commandRetentionDays: env.COMMAND_RETENTION_DAYS,
    readArchive: openArchiveReader(env),
  });

  const rebuildPostgres = createPostgres(env, {
    application: 'playhead-rebuild',
    max: REBUILD_CONNECTIONS,
  });
  const operationsPostgres = createPostgres(
    { DATABASE_URL: env.OPERATIONS_DATABASE_URL ?? env.DATABASE_URL },
    { application: 'playhead-operations', max: OPERATION_CONNECTIONS },
  );
  const ingestUncounted = createIngest({
    db: postgres.db,
    store,
    ...(traced && { onInserted: traced.journalWritten }),
  });
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
      receiver: {
        parse: toDeliveredEvent,
        deliver: traced?.receiving(name, deliver) ?? deliver,
        readAll: () => store.scanDelivered(),
      },
      logger,
      observer: metrics.observeConsumer(name),
      pollIntervalMs: env.STREAM_POLL_INTERVAL_MS,
    });
  const hotViewsOf = () =>
    createHotViews({
      dynamo,
      store,
      hotViews,
      ...(traced && { onWritten: traced.hotViewWritten }),
    });
  const consumers =
    env.STREAM_CONSUMERS === 'here'
      ? [consume('journal', ingest), consume('hot-views', hotViewsOf())]
      : [];
  const supervisor = createJournalSupervisor({
    dynamo,
    db: postgres.db,
    store,
    ingest,
    workerId,
    logger,
  });
  const journal = createJournalReader(postgres.db, store);
  const observeProjector = (name: string): ProjectorObserver => {
    const counted = metrics.observeProjector(name);
    const applied: ProjectorObserver['applied'] = (...batch) => {
      counted.applied(...batch);
      traced?.viewWritten(name, ...batch);
    };
    return { ...counted, applied };
  };
  const projectors = views.map((projection) =>
    createProjector({
      postgres,
      journal,
      projection,
      workerId,
      logger,
      observer: observeProjector(projection.name),
    }),
  );
  const rebuilds = createRebuildRunner({
    postgres: rebuildPostgres,
    projections: views,
    logger,
    workerId,
  });

  const outbound = createOutbound(env);
  const operations = createOperationRunner({
    deps: {
      db: operationsPostgres.db,
      dynamo,
      store,
      registered: registry,
      commandRetentionDays: env.COMMAND_RETENTION_DAYS,
      webhooksToPrivate: env.WEBHOOKS_TO_PRIVATE === 'allow',
      outbound,
    },
    logger,
    workerId,
  });

  const webhookRunner = createWebhookRunner({
    db: postgres.db,
    workerId,
    logger,
    allowsPrivate: env.WEBHOOKS_TO_PRIVATE === 'allow',
    outbound,
    toEntityRow: createEntityRows(store, registry.entities),
  });

  const bus = createBus(env);
  const publisher = bus && createBusPublisher({ db: postgres.db, bus, workerId, logger });
  const replays =
    bus &&
    createReplayRunner({ db: rebuildPostgres.db, bus, projections: views, workerId, logger });

  const queues = startQueueReaders({ env, modules: registry.modules, store, logger });

  const unsubscribe = createNotifications(postgres).subscribe(({ channel }) => {
    if (channel === JOURNAL_CHANNEL || channel === LISTENING_CHANNEL) {
      for (const projector of projectors) {
        projector.wake();
      }
      webhookRunner.wake();
      publisher?.wake();
    }
    if (channel === CONTROL_CHANNEL || channel === LISTENING_CHANNEL) {
      for (const projector of projectors) {
        projector.review();
      }
      rebuilds.wake();
      replays?.wake();
      operations.wake();
    }
  });
  const heartbeat = startHeartbeat(dynamo, logger, workerId, () => ({
    consumers: consumers.flatMap((consumer) => consumer.status()),
    projectors: projectors.map((projector) => projector.status()),
    journal: supervisor.status(),
    rebuilds: [...rebuilds.status()],
  }));
  const lagSampler = startLagSampler({ dynamo, db: postgres.db, views, logger });
  const alertWatch = startAlertWatch({
    db: postgres.db,
    watch: createSystemWatch({
      dynamo,
      db: postgres.db,
      store,
      registered: registry,
      now: () => new Date(),
    }),
    logger,
  });
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
      const parts = [
        ...consumers,
        supervisor,
        ...projectors,
        rebuilds,
        operations,
        webhookRunner,
        queues,
        ...(publisher === undefined ? [] : [publisher]),
        ...(replays === undefined ? [] : [replays]),
        lagSampler,
        alertWatch,
      ];
      await Promise.all(parts.map((part) => part.stop()));
      await heartbeat.stop();
      await metricsServer?.stop();
      await Promise.all(
        [postgres, rebuildPostgres, operationsPostgres].map(({ close }) => close()),
      );
      bus?.close();
      outbound?.close();
      dynamo.close();
      logger.info({ workerId }, 'the worker has stopped');
    },
  };
}
