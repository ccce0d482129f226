import 'server-only';
import { MODULES } from '#server/modules/index.ts';
import { openArchiveReader } from '#server/runtime/archive/open-archive.ts';
import type { CommandHandler } from '#server/runtime/commands/command-context.ts';
import { createCommandHandler } from '#server/runtime/commands/create-command-handler.ts';
import {
  createEventlessLog,
  type EventlessLog,
} from '#server/runtime/commands/eventless/eventless-log.ts';
import { withEventlessLog } from '#server/runtime/commands/eventless/with-eventless-log.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { createDynamo, type Dynamo } from '#server/runtime/platform/dynamo.ts';
import { parseEnv } from '#server/runtime/platform/env.ts';
import { createLogger, type Logger } from '#server/runtime/platform/logger.ts';
import {
  createNotifications,
  type NotificationSource,
} from '#server/runtime/platform/notifications.ts';
import { createPostgres, type Postgres } from '#server/runtime/platform/postgres.ts';
import { watchTransientFaults } from '#server/runtime/platform/watch-transient-faults.ts';
import { SCANS } from '#server/runtime/queries/scans.ts';
import { createRegistry, type Registry } from '#server/runtime/registry.ts';
import { createSystemWatch, type SystemWatch } from '#server/runtime/system/system-watch.ts';
import { createTokenCheck, type TokenCheck } from '#server/runtime/tokens/create-token-check.ts';
import { traceAppends } from '#server/runtime/tracing/trace-appends.ts';
import { traceCommands } from '#server/runtime/tracing/trace-commands.ts';
import type { Tracing } from '#server/runtime/tracing/tracing.ts';
import { projections } from '#server/runtime/views/projections-table.ts';
import { createRateLimit, type RateLimit } from './api/rate-limit.ts';
import {
  type CommandTimes,
  createCommandTimes,
  withCommandTimes,
} from './commands/command-times.ts';
import { type Authorize, createAuthorize } from './identity/authorize.ts';
import { createIdentify, type Identify } from './identity/identify.ts';
import { createSignInLimit, type SignInLimit } from './identity/limit-sign-ins.ts';
import type { Principal } from './identity/principal.ts';
import { type ProviderSettings, toProvider } from './identity/provider-settings.ts';
import { createRecordAction, type RecordAction } from './identity/record-action.ts';
import { createSessionCookie, type SessionCookie } from './identity/session-cookie.ts';
import { createLiveHub, type LiveHub } from './live/live-hub.ts';
import { createMoveTimes, type MoveTimes } from './live/move-times.ts';
import { countConflicts } from './metrics/count-conflicts.ts';
import { createWebMetrics, type WebMetrics } from './metrics/web-metrics.ts';
import { createOutageWatch, type OutageWatch } from './outage-watch.ts';
import { watchBinding } from './watch-binding.ts';

/** Everything that requests use; it lives as long as the process. */
export type WebContext = {
  readonly logger: Logger;
  readonly now: () => Date;
  readonly dynamo: Dynamo;
  readonly registry: Registry;
  readonly store: EventStore;
  /** For how long the records of commands are kept. */
  readonly commandRetentionDays: number;
  readonly handler: CommandHandler;
  readonly eventless: EventlessLog;
  readonly db: Postgres['db'];
  /**
   * The same database for what may have to look at much, a search for one: over a few connections of
   * its own, so that no number of searches keeps anything else waiting. TOO_MANY_SEARCHES when they
   * are taken, QUERY_TIMED_OUT when PostgreSQL takes too long.
   */
  readonly scans: Postgres['db'];
  readonly notifications: NotificationSource;
  readonly liveHub: LiveHub;
  readonly moveTimes: MoveTimes;
  readonly commandTimes: CommandTimes;
  readonly metrics: WebMetrics;
  /** Undefined while no spans are exported. */
  readonly tracing: Tracing | undefined;
  readonly outages: OutageWatch;
  /** Throws STORE_MISMATCH when the database belongs to another event store. */
  readonly requireBound: () => void;
  readonly systemWatch: SystemWatch;
  /** The launcher that started this process, by its id; null without one. */
  readonly launcher: string | null;
  /** Who a program is, by the token that it sends. */
  readonly checkToken: TokenCheck;
  readonly limitRate: RateLimit;
  readonly isSignInOff: boolean;
  /** Whether workers publish events to SNS. */
  readonly hasBus: boolean;
  /** Whether webhooks may send to SNS and EventBridge. */
  readonly reachesAws: boolean;
  /** The types of aggregates of which webhooks can send entities. */
  readonly entityTypes: readonly string[];
  /** Where people may sign in as well; undefined without one. */
  readonly provider: ProviderSettings | undefined;
  readonly cookie: SessionCookie;
  readonly record: RecordAction;
  readonly limitSignIns: SignInLimit;
  readonly authorize: Authorize;
} & Identify;

/** The context for one request: what it asks of PostgreSQL is stopped once nobody waits for it. */
export type RequestContext = WebContext & {
  readonly signal: AbortSignal;
  readonly principal: Principal;
};

/** What lives as long as the process. */
type ProcessContext = WebContext & {
  readonly forRequest: (signal: AbortSignal, principal: Principal) => RequestContext;
};

declare global {
  // Next loads this module anew after a change, and once for pages and once for routes: what holds
  // connections is kept where all of them find it.
  var playheadWebContext: ProcessContext | undefined;
  /** Set by the web server before its first request (main.ts): it is loaded asynchronously. */
  var playheadTracing: Tracing | undefined;
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
  const registry = createRegistry(MODULES);
  const metrics = createWebMetrics(registry);
  const dynamo = createDynamo(env);
  watchTransientFaults(dynamo, () => metrics.retried('dynamodb'));
  const store = createEventStore(dynamo, registry.aggregates, {
    commandRetentionDays: env.COMMAND_RETENTION_DAYS,
    readArchive: openArchiveReader(env),
  });
  const postgres = createPostgres(env, {
    application: 'playhead-web',
    max: 10,
    // The page has given up long before.
    timeoutMs: 30_000,
  });
  const scans = createPostgres(env, { application: 'playhead-web-scans', ...SCANS });
  const notifications = createNotifications(postgres);
  const liveHub = createLiveHub({
    db: postgres.db,
    codec: store,
    notifications,
    logger,
  });
  // Next stops when its last connection has ended, which a live one does not do by itself.
  process.once('SIGTERM', liveHub.close);
  process.once('SIGINT', liveHub.close);
  const eventless = createEventlessLog({
    dynamo,
    now,
    retentionDays: env.COMMAND_RETENTION_DAYS,
    rejections: registry.rejections,
    onError: (err) => logger.warn({ err }, 'A command that left no event could not be kept'),
  });
  const commandTimes = createCommandTimes();
  const tracing = globalThis.playheadTracing;
  const counted = countConflicts(store, () => metrics.retried('commands'));
  const plain = createCommandHandler({
    store: tracing === undefined ? counted : traceAppends(counted, tracing),
    now,
    onSnapshotError: (err) => logger.warn({ err }, 'A snapshot could not be written'),
  });
  const handler = tracing === undefined ? plain : traceCommands(plain, tracing);
  const launcher = env.LAUNCHER_ID ?? null;
  const checkToken = createTokenCheck({ db: postgres.db, now });
  const record = createRecordAction({ db: postgres.db, logger });
  const cookie = createSessionCookie(env.PORT);
  const isSignInOff = env.PLAYHEAD_SIGN_IN === 'off';
  const deps = { db: postgres.db, store, now, checkToken, cookie, isSignInOff, record };
  const identity = createIdentify(deps);
  const context: WebContext = {
    logger,
    now,
    dynamo,
    registry,
    store,
    commandRetentionDays: env.COMMAND_RETENTION_DAYS,
    handler: withEventlessLog(withCommandTimes(handler, commandTimes), eventless),
    eventless,
    db: postgres.db,
    scans: scans.db,
    notifications,
    liveHub,
    moveTimes: createMoveTimes({
      notifications,
      readPositions: () =>
        postgres.db
          .select({ name: projections.name, position: projections.position })
          .from(projections),
    }),
    commandTimes,
    metrics,
    tracing,
    outages: createOutageWatch({ db: postgres.db, dynamo, logger }),
    requireBound: watchBinding({ db: postgres.db, dynamo, logger }),
    systemWatch: createSystemWatch({
      dynamo,
      db: postgres.db,
      store,
      registered: registry,
      now,
    }),
    launcher,
    checkToken,
    limitRate: createRateLimit(),
    isSignInOff,
    hasBus: env.PLAYHEAD_BUS_ENDPOINT !== undefined,
    reachesAws: env.PLAYHEAD_OUTBOUND_ENDPOINT !== undefined,
    entityTypes: [...registry.entities.keys()],
    provider: toProvider(env),
    cookie,
    record,
    limitSignIns: createSignInLimit(),
    ...identity,
    authorize: createAuthorize({ ...identity, record }),
  };
  return {
    ...context,
    forRequest: (signal, principal) => ({
      ...context,
      db: postgres.abortable(signal),
      scans: scans.abortable(signal),
      signal,
      principal,
    }),
  };
}
