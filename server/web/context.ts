import 'server-only';
import type { CommandHandler } from '#server/commands/command-context.ts';
import { createCommandHandler } from '#server/commands/create-command-handler.ts';
import { createEventStore } from '#server/event-store/create-event-store.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { createDynamo, type Dynamo } from '#server/platform/dynamo.ts';
import { parseEnv } from '#server/platform/env.ts';
import { createLogger, type Logger } from '#server/platform/logger.ts';
import { createNotifications, type NotificationSource } from '#server/platform/notifications.ts';
import { createPostgres, type Postgres } from '#server/platform/postgres.ts';
import { watchPassingFaults } from '#server/platform/watch-passing-faults.ts';
import { createSystemWatch, type SystemWatch } from '#server/projections/system/system-watch.ts';
import { createLiveHub, type LiveHub } from './live/live-hub.ts';
import { countConflicts } from './metrics/count-conflicts.ts';
import { createWebMetrics, type WebMetrics } from './metrics/web-metrics.ts';
import { createOutageWatch, type OutageWatch } from './outage-watch.ts';
import { SCANS } from './scans.ts';
import { watchBinding } from './watch-binding.ts';

/** Everything that requests use; it lives as long as the process. */
export type WebContext = {
  readonly logger: Logger;
  readonly now: () => Date;
  readonly dynamo: Dynamo;
  readonly store: EventStore;
  readonly handler: CommandHandler;
  readonly db: Postgres['db'];
  /**
   * The same database for what may have to look at much, a search for one: over a few connections of
   * its own, so that no number of searches keeps anything else waiting. TOO_MANY_SEARCHES when they
   * are taken, QUERY_TIMED_OUT when PostgreSQL takes too long.
   */
  readonly scans: Postgres['db'];
  readonly notifications: NotificationSource;
  readonly liveHub: LiveHub;
  readonly metrics: WebMetrics;
  readonly outages: OutageWatch;
  /** Throws STORE_MISMATCH when the database belongs to another event store. */
  readonly requireBound: () => void;
  readonly systemWatch: SystemWatch;
};

/** The context for one request: what it asks of PostgreSQL is stopped once nobody waits for it. */
export type RequestContext = WebContext & { readonly signal: AbortSignal };

/** What lives as long as the process. */
type ProcessContext = WebContext & {
  readonly forRequest: (signal: AbortSignal) => RequestContext;
};

declare global {
  // Next loads this module anew after a change, and once for pages and once for routes: what holds
  // connections is kept where all of them find it.
  var playheadWebContext: ProcessContext | undefined;
}

/** The web process's one context, made by the first request. Throws NOT_CONFIGURED. */
export function getWebContext(): ProcessContext {
  globalThis.playheadWebContext ??= createWebContext();
  return globalThis.playheadWebContext;
}

function createWebContext(): ProcessContext {
  const env = parseEnv(process.env);
  const logger = createLogger(env, 'web');
  const now = () => new Date();
  const metrics = createWebMetrics();
  const dynamo = createDynamo(env);
  watchPassingFaults(dynamo, () => metrics.retried('dynamodb'));
  const store = createEventStore(dynamo, { commandRetentionDays: env.COMMAND_RETENTION_DAYS });
  const postgres = createPostgres(env, {
    application: 'playhead-web',
    max: 10,
    // The page has given up long before.
    patienceMs: 30_000,
  });
  const scans = createPostgres(env, { application: 'playhead-web-scans', ...SCANS });
  const notifications = createNotifications(postgres);
  const liveHub = createLiveHub({ db: postgres.db, notifications, logger });
  // Next stops when its last connection has ended, which a live one does not do by itself.
  process.once('SIGTERM', liveHub.close);
  process.once('SIGINT', liveHub.close);
  const context: WebContext = {
    logger,
    now,
    dynamo,
    store,
    handler: createCommandHandler({
      store: countConflicts(store, () => metrics.retried('commands')),
      now,
      onSnapshotError: (err) => logger.warn({ err }, 'A snapshot could not be written'),
    }),
    db: postgres.db,
    scans: scans.db,
    notifications,
    liveHub,
    metrics,
    outages: createOutageWatch({ db: postgres.db, dynamo, logger }),
    requireBound: watchBinding({ db: postgres.db, dynamo, logger }),
    systemWatch: createSystemWatch({ dynamo, db: postgres.db, store, now }),
  };
  return {
    ...context,
    forRequest: (signal) => ({
      ...context,
      db: postgres.abortable(signal),
      scans: scans.abortable(signal),
      signal,
    }),
  };
}
