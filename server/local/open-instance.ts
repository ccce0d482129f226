import { PlayheadError } from '#lib/playhead-error.ts';
import { type Env, parseEnv } from '#server/platform/env.ts';
import { acquireDataLock } from './data-lock.ts';
import { type Engines, startEngines } from './engines.ts';
import { parseLauncherSettings } from './launcher-settings.ts';
import { prepareStores } from './prepare-stores.ts';
import type { Report } from './report.ts';
import { readRunFile } from './run-file.ts';

/** The databases of a Playhead, for a command of the command line. */
export type Instance = {
  readonly env: Env;
  /** The running Playhead's address; null when only its databases are there, without a worker. */
  readonly url: string | null;
  /** Stops what was started for it, if anything was. */
  readonly close: () => Promise<void>;
};

/**
 * Finds the databases: the external ones of the settings, or else those of the Playhead that runs on
 * the data directory, or else the embedded engines, started on the data directory until `close`, which
 * the caller must reach on Ctrl-C too: the engines are no part of the terminal's process group.
 * Throws NOT_CONFIGURED when another process has the directory and no Playhead is ready on it.
 */
export async function openInstance(
  source: Readonly<Record<string, string | undefined>>,
  report: Report,
): Promise<Instance> {
  const { dataDir, external } = parseLauncherSettings(source);
  if (external.dynamodb !== undefined && external.databaseUrl !== undefined) {
    const env = parseEnv(source);
    await prepareStores(env);
    return { env, url: null, close: async () => {} };
  }
  const running = await readRunFile(dataDir);
  if (running !== undefined) {
    const { databaseUrl, dynamodbEndpoint, url } = running;
    const endpoint = dynamodbEndpoint === null ? {} : { DYNAMODB_ENDPOINT: dynamodbEndpoint };
    const env = parseEnv({ ...source, ...endpoint, DATABASE_URL: databaseUrl });
    return { env, url, close: async () => {} };
  }
  const lock = await acquireDataLock(dataDir, { purpose: 'ops', url: null });
  if (lock.kind === 'held') {
    const { purpose, pid } = lock.holder;
    throw new PlayheadError(
      'NOT_CONFIGURED',
      `${dataDir} is in use (${purpose}, pid ${pid}) and not ready yet. Try again in a moment.`,
    );
  }
  let engines: Engines | undefined;
  const close = async () => {
    await engines?.stop();
    await lock.release();
  };
  try {
    engines = await startEngines(dataDir, external, report);
    const env = parseEnv({ ...source, ...engines.settings });
    await prepareStores(env);
    return { env, url: null, close };
  } catch (error) {
    await close();
    throw error;
  }
}
