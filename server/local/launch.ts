import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import getPort from 'get-port';
import { MODULES } from '#server/modules/index.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { createDynamo } from '#server/runtime/platform/dynamo.ts';
import { parseEnv } from '#server/runtime/platform/env.ts';
import type { ServingRoles } from '#server/runtime/platform/grant-roles.ts';
import type { Report } from '#server/runtime/platform/report.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { toServerEnvironment } from './child-environment.ts';
import { startEngines } from './engines.ts';
import { keepRunning } from './keep-running.ts';
import { type LauncherSettings, toArchiveSetting } from './launcher-settings.ts';
import { keepLogsBounded } from './log-rotation.ts';
import { openDemo } from './open-demo.ts';
import type { ServingUrls } from './postgres-engine.ts';
import { prepareStores } from './prepare-stores.ts';
import { restartOnRequest } from './restart-on-request.ts';
import { restrictDataDirectory } from './restrict-data-directory.ts';
import { removeRunFile, writeRunFile } from './run-file.ts';
import { createSignInHint } from './sign-in-hint.ts';
import { ensureWebBuild } from './web-build.ts';
import {
  type LaunchMode,
  requireFreePort,
  startWebServer,
  webServerAnswers,
} from './web-server.ts';
import { startWorker } from './worker-process.ts';

export type LaunchOptions = {
  readonly mode: LaunchMode;
  /** Leaves out the demo bank. */
  readonly isEmpty: boolean;
  readonly settings: LauncherSettings;
  /** The environment that the processes inherit. */
  readonly env: NodeJS.ProcessEnv;
  readonly report: Report;
  /** Aborted when the person wants it to end. */
  readonly signal: AbortSignal;
};

/** What was started, to be stopped in the opposite order. */
export type Launched = { readonly stop: () => Promise<void> }[];

/**
 * Starts everything, one after another, for the holder of the data directory's lock. What runs is in
 * `launched` at every moment, so that it can be stopped wherever this has got to. Throws
 * PlayheadError with what is in the way, and the signal's reason when it was aborted.
 */
export async function launch(options: LaunchOptions, launched: Launched): Promise<void> {
  const { mode, settings, report, signal } = options;
  const { dataDir, port, url } = settings;
  report(`Data: ${dataDir}`);
  await restrictDataDirectory(dataDir);
  await requireFreePort(port);
  const inherited: NodeJS.ProcessEnv = {
    ...toServerEnvironment(options.env),
    NODE_ENV: mode === 'start' ? 'production' : 'development',
    NEXT_TELEMETRY_DISABLED: '1',
  };
  if (mode === 'start') {
    await ensureWebBuild(dataDir, inherited, report, signal);
  }
  launched.push(keepLogsBounded(join(dataDir, 'logs')));
  const engines = await startEngines(dataDir, settings.external, report);
  launched.push(engines);
  signal.throwIfAborted();

  const env = {
    ...inherited,
    ...toArchiveSetting(settings, inherited),
    ...engines.settings,
  };
  const parsed = parseEnv(env);
  const { servingUrls = { web: parsed.DATABASE_URL, worker: parsed.DATABASE_URL } } = engines;
  const registry = createRegistry(MODULES);
  await prepareStores(parsed, registry, engines.servingUrls && toRoles(engines.servingUrls));
  report('Tables and migrations: up to date');
  signal.throwIfAborted();

  const metricsPort = parsed.METRICS_PORT ?? (await getPort({ host: '127.0.0.1' }));
  const workerMetricsUrl = `http://127.0.0.1:${metricsPort}/metrics`;
  const isEmbedded = settings.external.databaseUrl === undefined;
  const workerEnv = {
    ...env,
    ...(isEmbedded && { WEBHOOKS_TO_PRIVATE: inherited.WEBHOOKS_TO_PRIVATE || 'allow' }),
    DATABASE_URL: servingUrls.worker,
    OPERATIONS_DATABASE_URL: parsed.DATABASE_URL,
    METRICS_PORT: `${metricsPort}`,
  };
  const worker = await startWorker(mode, dataDir, workerEnv);
  const restartWorker = () => startWorker(mode, dataDir, workerEnv);
  const keptWorker = keepRunning('The worker', worker, restartWorker, report);
  launched.push(keptWorker);
  report(`Worker: pid ${worker.pid}, metrics at ${workerMetricsUrl}`);
  signal.throwIfAborted();

  const launcher = randomUUID();
  const { DATABASE_URL } = parsed;
  launched.push(restartOnRequest({ DATABASE_URL, launcher, restart: keptWorker.restart, report }));
  // Whoever gets into the web server finds no owner's password there.
  const webEnv = {
    ...env,
    DATABASE_URL: servingUrls.web,
    OPERATIONS_DATABASE_URL: '',
    LAUNCHER_ID: launcher,
  };
  const web = await startWebServer(mode, settings, webEnv);
  const restartWeb = () => startWebServer(mode, settings, webEnv);
  launched.push(keepRunning('The web server', web, restartWeb, report));
  await webServerAnswers(url, web, join(dataDir, 'logs', 'web.log'), signal);
  report(`Web: pid ${web.pid}`);

  if (!options.isEmpty) {
    const dynamo = createDynamo(parsed);
    const commandRetentionDays = parsed.COMMAND_RETENTION_DAYS;
    const store = createEventStore(dynamo, registry.aggregates, { commandRetentionDays });
    await openDemo(store, registry, dataDir, report).finally(dynamo.close);
  }
  signal.throwIfAborted();
  launched.push({ stop: () => removeRunFile(dataDir) });
  await writeRunFile(dataDir, {
    pid: process.pid,
    url,
    workerMetricsUrl,
    dynamodbEndpoint: parsed.DYNAMODB_ENDPOINT ?? null,
    databaseUrl: parsed.DATABASE_URL,
    startedAt: new Date().toISOString(),
  });
  report(`Logs: ${join(dataDir, 'logs')}`);
  const hint = await createSignInHint(parsed, settings);
  report(`Playhead is running at ${url}`);
  report('path' in hint ? `Sign in (once, within an hour): ${url}${hint.path}` : hint.sentence);
}

function toRoles({ web, worker }: ServingUrls): ServingRoles {
  const roleOf = (url: string) => decodeURIComponent(new URL(url).username);
  return { web: roleOf(web), worker: roleOf(worker) };
}
