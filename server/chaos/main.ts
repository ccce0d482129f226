import { randomInt } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { isPlayheadError } from '#lib/playhead-error.ts';
import { showUnseenLines } from '#lib/unseen-text.ts';
import { stopOrphans } from '#server/local/child-records.ts';
import { createRunDirectory, stopAbandonedRuns } from '#server/local/run-directory.ts';
import { toText } from './chaos-report.ts';
import { runChaos } from './run-chaos.ts';
import { copyWithOwners, mountSmallDisk, unmountSmallDisk } from './small-disk.ts';
import type { Started } from './stage.ts';

const PREFIX = 'playhead-chaos-';
const REPORT = 'report.json';
const DISK = 'disk';
const KEPT = 'data';
const EXIT_STOPPED = 130;
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** For what is being started at the moment of a Ctrl-C; what comes later is swept up. */
const STOP_TIMEOUT_MS = 5_000;

const report = (line: string) => console.log(showUnseenLines(line));

// Which Node this runs on was decided in package.json: not a matter for every log.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const { seed, seconds } = new Command('chaos')
  .description('Lets faults befall a Playhead under load, and checks what became of it.')
  .option(
    '--seed <number>',
    'draws the same load and the same faults again',
    toCount,
    randomInt(1_000_000),
  )
  .option('--seconds <number>', 'for how long faults begin', toCount, 180)
  .parse()
  .opts<{ seed: number; seconds: number }>();

for (const abandoned of await stopAbandonedRuns(PREFIX)) {
  await stopOrphans(join(abandoned, DISK));
  await unmountSmallDisk(join(abandoned, DISK));
}
const dataDir = await createRunDirectory(PREFIX);
const disk = join(dataDir, DISK);
const isSmall = await mountSmallDisk(disk);
const stopping = new AbortController();
const stopped = new Promise<'stopped'>((resolve) => {
  for (const name of STOP_SIGNALS) {
    process.on(name, () => {
      stopping.abort(new Error('Stopped'));
      resolve('stopped');
    });
  }
});
report(`Seed ${seed}, data in ${disk}`);
if (!isSmall) {
  report('A disk is not filled: only root, on Linux, can mount a small one for it.');
}
const started: Started = [];
const running = runChaos(
  {
    seed,
    seconds,
    dataDir: disk,
    leftOut: isSmall ? [] : ['disk-full'],
    report,
    signal: stopping.signal,
  },
  started,
).catch((error: unknown) => {
  if (!stopping.signal.aborted) {
    console.error(isPlayheadError(error) ? error.message : error);
  }
  return undefined;
});
const outcome = await Promise.race([running, stopped]);
if (outcome === 'stopped') {
  report('Stopping');
  await Promise.race([running, sleep(STOP_TIMEOUT_MS, undefined, { ref: false })]);
}
for (const part of started.reverse()) {
  await part.stop();
}
await stopOrphans(disk);

if (outcome === 'stopped') {
  await unmountSmallDisk(disk);
  await rm(dataDir, { recursive: true, force: true });
  process.exit(EXIT_STOPPED);
}
if (outcome !== undefined) {
  await writeFile(join(dataDir, REPORT), JSON.stringify(outcome, null, 2));
  report(toText(outcome));
}
if (!outcome?.isClean) {
  await copyWithOwners(disk, join(dataDir, KEPT));
}
await unmountSmallDisk(disk);
await rm(disk, { recursive: true, force: true });
if (outcome?.isClean) {
  report(`Report: ${join(dataDir, REPORT)}`);
} else {
  report(`Databases, logs${outcome === undefined ? '' : ' and report.json'} are kept: ${dataDir}`);
}
process.exit(outcome?.isClean ? 0 : 1);

function toCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 1_000_000) {
    throw new InvalidArgumentError('It takes a whole number from 1 to 1000000.');
  }
  return count;
}
