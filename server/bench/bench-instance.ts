import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import type { Child } from '#server/local/child.ts';
import { stopOrphans } from '#server/local/child-records.ts';
import { openInstance } from '#server/local/open-instance.ts';
import { ensureWebBuild } from '#server/local/web-build.ts';
import { startWebServer, webServerAnswers } from '#server/local/web-server.ts';
import { startWorker } from '#server/local/worker-process.ts';
import { MODULES } from '#server/modules/index.ts';
import type { Env } from '#server/runtime/platform/env.ts';
import { createRegistry } from '#server/runtime/registry.ts';

/** What a measure works on: empty databases that nobody else uses. */
export type BenchInstance = {
  readonly env: Env;
  /** Starts a worker on them as `npm start` does, in a process of its own. */
  readonly startWorker: () => Promise<Child>;
  /** Starts the web server on them as `npm start` does, of the production build, which is made when it is old. */
  readonly startWeb: () => Promise<{ readonly web: Child; readonly port: number }>;
};

/**
 * Starts both embedded engines with the settings of `npm start` on a new temporary directory, makes
 * the tables and runs the migrations. `close` ends all that was started on it and removes it.
 */
export async function openBenchInstance(): Promise<
  BenchInstance & { readonly close: () => Promise<void> }
> {
  const dataDir = await mkdtemp(join(tmpdir(), 'playhead-bench-'));
  const remove = () => rm(dataDir, { recursive: true, force: true });
  try {
    const instance = await openInstance({ PLAYHEAD_DATA_DIR: dataDir }, () => {}, {
      mayBegin: true,
      registry: createRegistry(MODULES),
    });
    const { env } = instance;
    return {
      env,
      startWorker: () => startWorker('start', dataDir, toProcessEnv(env)),
      startWeb: async () => {
        const { signal } = new AbortController();
        const settings = { ...toProcessEnv(env), NEXT_TELEMETRY_DISABLED: '1' };
        await ensureWebBuild(dataDir, settings, () => {}, signal);
        const port = await getPort({ host: '127.0.0.1' });
        const web = await startWebServer('start', { port, dataDir }, settings);
        const url = `http://127.0.0.1:${port}`;
        await webServerAnswers(url, web, join(dataDir, 'logs', 'web.log'), signal);
        return { web, port };
      },
      close: async () => {
        await instance.close();
        await stopOrphans(dataDir);
        await remove();
      },
    };
  } catch (error) {
    await stopOrphans(dataDir);
    await remove();
    throw error;
  }
}

function toProcessEnv(env: Env): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: env.DATABASE_URL,
    DYNAMODB_ENDPOINT: env.DYNAMODB_ENDPOINT,
    TABLE_PREFIX: env.TABLE_PREFIX,
    STREAM_POLL_INTERVAL_MS: `${env.STREAM_POLL_INTERVAL_MS}`,
  };
}
