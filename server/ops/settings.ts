import { PlayheadError } from '#lib/playhead-error.ts';
import { acquireDataLock } from '#server/local/data-lock.ts';
import { type EngineSettings, startEngines } from '#server/local/engines.ts';
import { parseLauncherSettings } from '#server/local/launcher-settings.ts';
import { prepareStores } from '#server/local/prepare-stores.ts';
import { readRunFile } from '#server/local/run-file.ts';
import { type Env, parseEnv } from '#server/platform/env.ts';

type Source = Readonly<Record<string, string | undefined>>;

/** The settings to work with, and what to do when the work is done. */
export type Attachment = { readonly env: Env; readonly release: () => Promise<void> };

const NOTHING_TO_RELEASE = async () => {};

/**
 * Finds the databases to work on: those of the Playhead that runs on the data directory, else those
 * that the environment names, else the data directory's own, whose engines then run for this
 * command alone. Databases that the environment names come first where no data directory was asked
 * for. Throws NOT_CONFIGURED.
 */
export async function attach(source: Source, dataDir: string | undefined): Promise<Attachment> {
  const given = dataDir === undefined ? source : { ...source, PLAYHEAD_DATA_DIR: dataDir };
  const settings = parseLauncherSettings(given);
  const { databaseUrl, dynamodb } = settings.external;
  const isExternal = databaseUrl !== undefined && dynamodb !== undefined;
  if (isExternal && dataDir === undefined) {
    return { env: parseEnv(source), release: NOTHING_TO_RELEASE };
  }
  const run = await readRunFile(settings.dataDir);
  if (run !== undefined) {
    const { databaseUrl: DATABASE_URL, dynamodbEndpoint } = run;
    const DYNAMODB_ENDPOINT = dynamodbEndpoint ?? undefined;
    const env = parseEnv({ ...source, DATABASE_URL, DYNAMODB_ENDPOINT });
    return { env, release: NOTHING_TO_RELEASE };
  }
  if (isExternal) {
    return { env: parseEnv(source), release: NOTHING_TO_RELEASE };
  }
  return startOwn(settings, source);
}

async function startOwn(
  { dataDir, external }: ReturnType<typeof parseLauncherSettings>,
  source: Source,
): Promise<Attachment> {
  const lock = await acquireDataLock(dataDir, { purpose: 'ops', url: null });
  if (lock.kind === 'held') {
    throw new PlayheadError(
      'NOT_CONFIGURED',
      `The data directory ${dataDir} is in use (${lock.holder.purpose}, process ` +
        `${lock.holder.pid}), and its databases do not answer yet. Try again shortly.`,
    );
  }
  let stopEngines = NOTHING_TO_RELEASE;
  const release = async () => {
    await stopEngines();
    await lock.release();
  };
  try {
    const engines = await startEngines(dataDir, external, () => {});
    stopEngines = engines.stop;
    const env = parseEnv({ ...source, ...toVariables(engines.settings) });
    await prepareStores(env);
    return { env, release };
  } catch (error) {
    await release();
    throw error;
  }
}

function toVariables({ DATABASE_URL, DYNAMODB_ENDPOINT }: EngineSettings): Source {
  return DYNAMODB_ENDPOINT === undefined ? { DATABASE_URL } : { DATABASE_URL, DYNAMODB_ENDPOINT };
}
