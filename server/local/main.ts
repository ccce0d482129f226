import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Command } from 'commander';
import { PlayheadError } from '#lib/playhead-error.ts';
import { showUnseen, showUnseenLines } from '#lib/unseen-text.ts';
import { toKnownError } from '#server/runtime/platform/to-known-error.ts';
import { stopOrphans } from './child-records.ts';
import { acquireDataLock, type LockHolder } from './data-lock.ts';
import { type Launched, launch } from './launch.ts';
import { parseLauncherSettings } from './launcher-settings.ts';
import { removeIfEmpty, reset } from './reset.ts';
import type { LaunchMode } from './web-server.ts';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const report = (line: string) => console.log(showUnseenLines(line));

const program = new Command('playhead').description('Playhead on this machine');
for (const mode of ['start', 'dev'] as const) {
  program
    .command(mode)
    .description(mode === 'start' ? 'starts everything' : 'starts everything, with hot reload')
    .option('--empty', 'without the demo bank')
    .action(({ empty = false }: { empty?: boolean }) => runUntilStopped(mode, empty));
}
program
  .command('reset')
  .description('empties the data directory')
  .action(() => runReset());

// Which Node this runs on was decided in package.json: not a matter for every log.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

try {
  await program.parseAsync();
} catch (error) {
  fail(error);
}

async function runUntilStopped(mode: LaunchMode, isEmpty: boolean): Promise<void> {
  const settings = parseLauncherSettings(process.env);
  const { dataDir, url } = settings;
  const lock = await acquireDataLock(dataDir, { purpose: mode, url });
  if (lock.kind === 'held') {
    const { holder } = lock;
    return refuse(
      holder.url === null
        ? `${dataDir} is in use (${toWords(holder)}). Try again when it has ended.`
        : `Playhead is already running on ${dataDir} (${toWords(holder)}): ${holder.url}`,
    );
  }
  for (const name of lock.orphans) {
    report(`Stopped a ${name} process that an earlier run had left`);
  }
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    for (const name of STOP_SIGNALS) {
      process.on(name, () => {
        stopping.abort(new Error('Stopped'));
        resolve();
      });
    }
  });
  const launched: Launched = [];
  const options = { mode, isEmpty, settings, env: process.env, report, signal: stopping.signal };
  let exitCode = 0;
  const starting = launch(options, launched).catch((error: unknown) => {
    if (!stopping.signal.aborted) {
      exitCode = 1;
      fail(error);
      stopping.abort();
    }
  });
  await Promise.race([stopped, starting.then(() => (exitCode === 0 ? stopped : undefined))]);
  if (exitCode === 0) {
    report('Stopping');
  }
  // Whatever it is starting at this moment is either in the list soon, or swept up below.
  await Promise.race([starting, delay(3_000)]);
  for (const part of launched.reverse()) {
    await part.stop();
  }
  await stopOrphans(dataDir);
  await lock.release();
  if (exitCode === 0) {
    report('Stopped');
  }
  process.exit(exitCode);
}

async function runReset(): Promise<void> {
  const { dataDir } = parseLauncherSettings(process.env);
  if (!existsSync(dataDir)) {
    return fail(
      new PlayheadError('INVALID_INPUT', `There is no directory ${dataDir}: nothing was emptied.`),
    );
  }
  const lock = await acquireDataLock(dataDir, { purpose: 'reset', url: null });
  if (lock.kind === 'held') {
    return refuse(
      `Nothing was touched: ${dataDir} is in use (${toWords(lock.holder)}). Stop it first.`,
    );
  }
  await reset(dataDir, report);
  await lock.release();
  await removeIfEmpty(dataDir);
}

/** Says `CODE: sentence`; where the sentence is not ours, with the place that it comes from. */
function fail(error: unknown): void {
  const { code, message, cause } = toKnownError(error);
  console.error(`${code}: ${showUnseen(message)}`);
  if (code === 'UNEXPECTED') {
    console.error(cause);
  }
  process.exitCode = 1;
}

function refuse(sentence: string): void {
  fail(new PlayheadError('DATA_DIRECTORY_IN_USE', sentence));
}

function toWords({ purpose, pid }: LockHolder): string {
  return `${purpose}, pid ${pid}`;
}
