import { join } from 'node:path';
import getPort from 'get-port';
import { drawLoopbackAddress } from '#server/local/draw-loopback-address.ts';
import { startDynamoEngine } from '#server/local/dynamo-engine.ts';
import { startPostgresEngine } from '#server/local/postgres-engine.ts';
import { prepareStores } from '#server/local/prepare-stores.ts';
import { ensureWebBuild } from '#server/local/web-build.ts';
import { startWebServer, webServerAnswers } from '#server/local/web-server.ts';
import { startWorker } from '#server/local/worker-process.ts';
import { MODULES } from '#server/modules/index.ts';
import { type Env, parseEnv } from '#server/runtime/platform/env.ts';
import type { Report } from '#server/runtime/platform/report.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import type { Random } from './draw.ts';
import { createFaultProxy, type FaultProxy } from './fault-proxy.ts';
import { type OnTrouble, type Part, startPart } from './part.ts';

/** Everything that faults befall. */
export type Stage = {
  readonly dataDir: string;
  readonly workers: readonly Part[];
  readonly web: Part;
  readonly postgresql: Part;
  readonly dynamodb: Part;
  readonly proxy: FaultProxy;
  readonly webUrl: string;
  /** Settings for what runs in this process: as every process has them, through the proxy. */
  readonly env: Env;
  /** The same past the proxy, for those who look at what became of it all. */
  readonly directEnv: Env;
};

const WORKERS = 3;

/** What was started, to be stopped in the opposite order. */
export type Started = { readonly stop: () => Promise<unknown> }[];

/**
 * Starts both engines, the fault proxy, three workers and the web server, each on a free port of the
 * loopback and with its data in `dataDir`. What runs is in `started` at every moment. PostgreSQL runs
 * with its safe settings: with those for tests a kill takes what was committed last.
 */
export async function openStage(
  {
    dataDir,
    random,
    report,
    onTrouble,
    signal,
  }: {
    readonly dataDir: string;
    readonly random: Random;
    readonly report: Report;
    readonly onTrouble: OnTrouble;
    readonly signal: AbortSignal;
  },
  started: Started,
): Promise<Stage> {
  const start = async (name: string, begin: Parameters<typeof startPart>[1]): Promise<Part> => {
    const part = await startPart(name, begin, onTrouble);
    started.push(part);
    signal.throwIfAborted();
    return part;
  };
  const inherited = {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    // Three workers cannot share a port.
    METRICS_PORT: '',
  } as const;
  await ensureWebBuild(dataDir, inherited, report, signal);

  const [dynamoPort, postgresPort, webPort] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
  ]);
  const dynamoAt = { host: await drawLoopbackAddress(), port: dynamoPort };
  const dynamodb = await start('DynamoDB', () => startDynamoEngine({ dataDir, ...dynamoAt }));
  let databaseUrl = '';
  const postgresql = await start('PostgreSQL', async () => {
    const engine = await startPostgresEngine({ dataDir, port: postgresPort });
    databaseUrl = engine.databaseUrl;
    return engine;
  });
  const target = `http://${dynamoAt.host}:${dynamoAt.port}`;
  const proxy = await createFaultProxy(target, random);
  started.push({ stop: proxy.close });

  // What is tried is the delivery; its requests come from many callers at once.
  const settings = {
    DATABASE_URL: databaseUrl,
    STREAM_POLL_INTERVAL_MS: '20',
    PLAYHEAD_SIGN_IN: 'off',
  };
  const source = { ...inherited, ...settings, DYNAMODB_ENDPOINT: proxy.endpoint };
  const directEnv = parseEnv({ ...source, DYNAMODB_ENDPOINT: target });
  await prepareStores(directEnv, createRegistry(MODULES));

  const workers: Part[] = [];
  for (let n = 1; n <= WORKERS; n += 1) {
    workers.push(await start(`worker ${n}`, () => startWorker('start', dataDir, source)));
  }
  const webUrl = `http://127.0.0.1:${webPort}`;
  const web = await start('the web server', async () => {
    const child = await startWebServer('start', { port: webPort, dataDir }, source);
    await webServerAnswers(webUrl, child, join(dataDir, 'logs', 'web.log'), signal);
    return child;
  });
  const env = parseEnv(source);
  return { dataDir, workers, web, postgresql, dynamodb, proxy, webUrl, env, directEnv };
}

function freePort(): Promise<number> {
  return getPort({ host: '127.0.0.1' });
}
