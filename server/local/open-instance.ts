import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PlayheadError } from '#lib/playhead-error.ts';
import { type Env, parseEnv } from '#server/runtime/platform/env.ts';
import type { Report } from '#server/runtime/platform/report.ts';
import type { Registry } from '#server/runtime/registry.ts';
import { acquireDataLock } from './data-lock.ts';
import { type Engines, startEngines } from './engines.ts';
import {
  type ExternalEngines,
  parseLauncherSettings,
  toArchiveSetting,
} from './launcher-settings.ts';
import { prepareStores } from './prepare-stores.ts';
import { requirePrepared } from './require-prepared.ts';
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
 * Throws NOT_CONFIGURED when another process has the directory and no Playhead is ready on it, and,
 * having created nothing, when there is no Playhead in the directory or the databases and it may not
 * begin one; and what `prepareStores` throws.
 */
export async function openInstance(
  source: Readonly<Record<string, string | undefined>>,
  report: Report,
  {
    mayBegin,
    registry,
  }: { readonly mayBegin: boolean; readonly registry: Pick<Registry, 'hotViews'> },
): Promise<Instance> {
  const settings = parseLauncherSettings(source);
  const { dataDir, external } = settings;
  if (external.dynamodb !== undefined && external.databaseUrl !== undefined) {
    const env = parseEnv(source);
    await (mayBegin ? prepareStores(env, registry) : requirePrepared(env, registry));
    return { env, url: null, close: async () => {} };
  }
  const running = await readRunFile(dataDir);
  if (running !== undefined) {
    const { databaseUrl, dynamodbEndpoint, url } = running;
    const endpoint = dynamodbEndpoint === null ? {} : { DYNAMODB_ENDPOINT: dynamodbEndpoint };
    const archive = toArchiveSetting(settings, source);
    const env = parseEnv({ ...source, ...archive, ...endpoint, DATABASE_URL: databaseUrl });
    return { env, url, close: async () => {} };
  }
  if (!mayBegin) {
    requireData(dataDir, external);
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
    const archive = toArchiveSetting(settings, source);
    const env = parseEnv({ ...source, ...archive, ...engines.settings });
    await prepareStores(env, registry);
    return { env, url: null, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Throws NOT_CONFIGURED unless the databases that are not external lie in the directory. */
function requireData(dataDir: string, { dynamodb, databaseUrl }: ExternalEngines): void {
  const needed = [
    ...(dynamodb === undefined ? [join('dynamodb', 'data.sqlite')] : []),
    ...(databaseUrl === undefined ? ['postgres'] : []),
  ];
  if (!needed.every((name) => existsSync(join(dataDir, name)))) {
    throw new PlayheadError(
      'NOT_CONFIGURED',
      `There is no Playhead in ${dataDir}, and nothing was created. Check --data-dir or ` +
        'PLAYHEAD_DATA_DIR; npm start begins a new one there, and so does an import.',
    );
  }
}
