import type { Report } from '#server/runtime/platform/report.ts';
import { startDynamoEngine } from './dynamo-engine.ts';
import { keepRunning } from './keep-running.ts';
import type { ExternalEngines } from './launcher-settings.ts';
import { type ServingUrls, startPostgresEngine } from './postgres-engine.ts';

/** Where the two databases are, as settings of the processes that use them. */
export type EngineSettings = {
  readonly DATABASE_URL: string;
  /** Absent on AWS. */
  readonly DYNAMODB_ENDPOINT?: string;
  /** The embedded engine takes more polls than AWS allows. */
  readonly STREAM_POLL_INTERVAL_MS?: string;
};

export type Engines = {
  readonly settings: EngineSettings;
  /** Where the processes that serve find PostgreSQL, by roles of few rights; absent without them. */
  readonly servingUrls?: ServingUrls | undefined;
  readonly stop: () => Promise<void>;
};

/**
 * Starts the engines that are not external, on free ports of the loopback, and keeps them running on
 * these ports. Only for the holder of the data directory's lock. Throws NOT_CONFIGURED on a platform
 * without them.
 */
export async function startEngines(
  dataDir: string,
  external: ExternalEngines,
  report: Report,
): Promise<Engines> {
  const started: Started = [];
  const stop = async () => {
    await Promise.all(started.map((engine) => engine.stop()));
  };
  const starting = [
    provideDynamo(dataDir, external, report, started),
    providePostgres(dataDir, external, report, started),
  ] as const;
  try {
    const [dynamo, postgres] = await Promise.all(starting);
    const { DATABASE_URL, servingUrls } = postgres;
    return { settings: { ...dynamo, DATABASE_URL }, servingUrls, stop };
  } catch (error) {
    // Of two that were started at once, the other one may still come up.
    await Promise.allSettled(starting);
    await stop();
    throw error;
  }
}

type Started = { readonly stop: () => Promise<void> }[];

async function provideDynamo(
  dataDir: string,
  { dynamodb }: ExternalEngines,
  report: Report,
  started: Started,
): Promise<Omit<EngineSettings, 'DATABASE_URL'>> {
  if (dynamodb === 'aws') {
    report('DynamoDB: on AWS');
    return {};
  }
  if (dynamodb !== undefined) {
    report(`DynamoDB: ${dynamodb.endpoint}`);
    return { DYNAMODB_ENDPOINT: dynamodb.endpoint };
  }
  const engine = await startDynamoEngine({ dataDir, report });
  const at = { host: engine.host, port: engine.port };
  const restart = () => startDynamoEngine({ dataDir, report, ...at });
  started.push(keepRunning('The embedded DynamoDB', engine, restart, report));
  report(`DynamoDB: embedded, ${engine.endpoint}`);
  return { DYNAMODB_ENDPOINT: engine.endpoint, STREAM_POLL_INTERVAL_MS: '20' };
}

async function providePostgres(
  dataDir: string,
  { databaseUrl, servingUrls }: ExternalEngines,
  report: Report,
  started: Started,
): Promise<Pick<EngineSettings, 'DATABASE_URL'> & Pick<Engines, 'servingUrls'>> {
  if (databaseUrl !== undefined) {
    report(`PostgreSQL: ${new URL(databaseUrl).host}`);
    return { DATABASE_URL: databaseUrl, servingUrls };
  }
  const engine = await startPostgresEngine({ dataDir });
  const restart = () => startPostgresEngine({ dataDir, port: engine.port });
  started.push(keepRunning('The embedded PostgreSQL', engine, restart, report));
  report(`PostgreSQL: embedded, 127.0.0.1:${engine.port}`);
  return { DATABASE_URL: engine.databaseUrl, servingUrls: engine.servingUrls };
}
