import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Child, startChild } from './child.ts';
import { ROOT } from './launcher-settings.ts';
import type { LaunchMode } from './web-server.ts';

const TSX_CLI = createRequire(import.meta.url).resolve('tsx/cli');

/** Starts the worker; `dev` starts it anew whenever its sources change. */
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
    env,
    cwd: ROOT,
    logFile: join(dataDir, 'logs', 'worker.log'),
    dataDir,
    ipc: true,
  });
}
