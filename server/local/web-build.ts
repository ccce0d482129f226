import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import lockfile from 'proper-lockfile';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { Report } from '#server/runtime/platform/report.ts';
import { startChild } from './child.ts';
import { compressAssets } from './compress-assets.ts';
import { ROOT } from './launcher-settings.ts';
import { hashSources } from './source-hash.ts';

const NEXT_BIN = createRequire(import.meta.url).resolve('next/dist/bin/next');

/** Next keeps its build here, and we beside it what it was made of. */
const BUILD = join(ROOT, '.next');
const STAMP = join(BUILD, 'playhead-sources');

/**
 * Makes the web server's production build when there is none, or when it was made of other sources.
 * Two starts at once build once. Throws UNEXPECTED with Next's own words when the build fails.
 */
export async function ensureWebBuild(
  dataDir: string,
  env: NodeJS.ProcessEnv,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(join(ROOT, 'node_modules', '.cache'), { recursive: true });
  const leave = await lockfile.lock(ROOT, {
    lockfilePath: join(ROOT, 'node_modules', '.cache', 'playhead-build.lock'),
    stale: 10_000,
    onCompromised: () => {},
    retries: { forever: true, factor: 1, minTimeout: 500 },
  });
  try {
    const sources = await hashSources(ROOT);
    if (await isFresh(sources)) {
      report('Web: the build is up to date');
      return;
    }
    report('Web: building, which takes about half a minute');
    await rm(STAMP, { force: true });
    const startedAt = Date.now();
    await build(dataDir, env, signal);
    await compressAssets(join(BUILD, 'static'));
    await writeFile(STAMP, sources);
    report(`Web: built in ${Math.round((Date.now() - startedAt) / 1_000)} s`);
  } finally {
    await leave();
  }
}

async function isFresh(sources: string): Promise<boolean> {
  const built = await readFile(STAMP, 'utf8').catch(() => undefined);
  return built === sources && existsSync(join(BUILD, 'BUILD_ID'));
}

async function build(dataDir: string, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  const logFile = join(dataDir, 'logs', 'build.log');
  await rm(logFile, { force: true });
  const child = await startChild({
    name: 'build',
    command: process.execPath,
    args: [NEXT_BIN, 'build'],
    env: { ...env, NODE_ENV: 'production' },
    cwd: ROOT,
    logFile,
    dataDir,
  });
  const onAbort = () => void child.stop({ timeoutMs: 1_000 });
  signal.addEventListener('abort', onAbort);
  const { code } = await child.exited;
  signal.removeEventListener('abort', onAbort);
  signal.throwIfAborted();
  if (code !== 0) {
    const output = await readFile(logFile, 'utf8');
    throw new PlayheadError('UNEXPECTED', `The web server does not build:\n${output.trimEnd()}`);
  }
}
