import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Child, startChild } from './child.ts';
import { ROOT } from './launcher-settings.ts';
import type { LaunchMode } from './web-server.ts';

const TSX_CLI = createRequire(import.meta.url).resolve('tsx/cli');

/**
 * V8 sizes its heap by the machine's memory, and where that is large lets four times as much pile up
 * as is in use before it looks for garbage. Told of a smaller limit it looks before it is twice that.
 * The limit itself is far off: the worker holds some 50 MB, and over 120 MB with four rebuilds.
 */
const HEAP = '--max-old-space-size=512 --max-semi-space-size=8';

/**
 * Starts the worker; `dev` starts it anew whenever its sources change. A heap size in the
 * environment's own NODE_OPTIONS comes later on that line, and counts.
 */
export async function startWorker(
  mode: LaunchMode,
  dataDir: string,
  env: NodeJS.ProcessEnv,
): Promise<Child> {
  const main = join('server', 'worker', 'main.ts');
  return startChild({
    name: 'worker',
    command: process.execPath,
    args: mode === 'start' ? ['--import', 'tsx', main] : [TSX_CLI, 'watch', main],
    env: { ...env, NODE_OPTIONS: [HEAP, env.NODE_OPTIONS ?? ''].join(' ').trim() },
    cwd: ROOT,
    logFile: join(dataDir, 'logs', 'worker.log'),
    dataDir,
    ipc: true,
  });
}
