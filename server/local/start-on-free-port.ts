import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import getPort from 'get-port';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { Child } from './child.ts';

/** Recovery after a crash takes its time; an engine that is silent for this long is broken. */
const READY_TIMEOUT_MS = 60_000;
const ATTEMPTS = 3;

/**
 * Starts a server on `port`, or on a free one of `host` (127.0.0.1 without it), and waits until `isReady` says yes.
 * A port can be taken between looking and binding, so a start that fails is tried again on another.
 * Throws UNEXPECTED with the end of the log when it does not come up.
 */
export async function startOnFreePort(
  options: {
    readonly title: string;
    readonly logFile: string;
    readonly port?: number;
    readonly host?: string;
  },
  start: (port: number) => Promise<Child>,
  isReady: (port: number) => Promise<boolean>,
): Promise<{ child: Child; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await getPort({ host: options.host ?? '127.0.0.1' }));
    const child = await start(port);
    if (await becomesReady(child, () => isReady(port))) {
      return { child, port };
    }
    await child.stop();
    if (attempt === ATTEMPTS) {
      const log = await readFile(options.logFile, 'utf8').catch(() => '');
      const end = log.trimEnd().split('\n').slice(-8).join('\n');
      throw new PlayheadError(
        'UNEXPECTED',
        `${options.title} does not start. The end of ${options.logFile}:\n${end}`,
      );
    }
  }
}

async function becomesReady(child: Child, isReady: () => Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  while (!child.hasExited() && performance.now() < deadline) {
    if (await isReady()) {
      return !child.hasExited();
    }
    await delay(15);
  }
  return false;
}
