import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PlayheadError } from '#lib/playhead-error.ts';
import { type Child, startChild } from './child.ts';
import { ROOT } from './launcher-settings.ts';

export type LaunchMode = 'start' | 'dev';

/** Starts the web server on the loopback: of the production build, or with hot reload. */
export async function startWebServer(
  mode: LaunchMode,
  { port, dataDir }: { readonly port: number; readonly dataDir: string },
  env: NodeJS.ProcessEnv,
): Promise<Child> {
  return startChild({
    name: 'web',
    command: process.execPath,
    args: ['--import', 'tsx', join('server', 'web', 'main.ts')],
    env: {
      ...env,
      NODE_ENV: mode === 'start' ? 'production' : 'development',
      PORT: `${port}`,
    },
    cwd: ROOT,
    logFile: join(dataDir, 'logs', 'web.log'),
    dataDir,
  });
}

/** Resolves when the server answers, whatever it answers. Throws UNEXPECTED when it ends before. */
export async function webServerAnswers(
  url: string,
  child: Child,
  logFile: string,
  signal: AbortSignal,
): Promise<void> {
  while (!child.hasExited()) {
    try {
      await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(30_000) });
      return;
    } catch {
      await delay(50, undefined, { signal });
    }
  }
  throw new PlayheadError('UNEXPECTED', `The web server does not start; its log is ${logFile}.`);
}

/** Throws NOT_CONFIGURED when something listens on the port already. */
export async function requireFreePort(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EACCES' ? 'may not be used by this user' : 'is in use';
      const sentence = `Port ${port} ${why}. Choose another one: PORT=${port + 1} npm start`;
      reject(new PlayheadError('NOT_CONFIGURED', sentence, { cause }));
    });
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  });
}
