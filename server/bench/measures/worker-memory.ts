import { readFile } from 'node:fs/promises';
import { PlayheadError } from '#lib/playhead-error.ts';
import { getConsumerLag } from '#server/runtime/stream/consumer-lag.ts';
import { getProjectionLag } from '#server/runtime/views/lag.ts';
import type { BenchInstance } from '../bench-instance.ts';
import type { Result } from '../result.ts';
import { toSpread } from '../statistics.ts';
import { writeSyntheticEvents } from '../synthetic-events.ts';
import { until } from '../until.ts';
import { type Stores, withStores } from '../with-stores.ts';

/**
 * The greatest resident memory that a worker ever had when it has brought every view from nothing to
 * the end of the stream. It is a process of its own, as `npm start` starts it, and the kernel keeps
 * the figure (VmHWM).
 */
export async function measureWorkerMemory(
  { env, startWorker }: BenchInstance,
  { events = 100_000, accounts = 1_000 } = {},
): Promise<Result> {
  return withStores(env, async (stores) => {
    await writeSyntheticEvents(stores.dynamo, { events, accounts });
    const worker = await startWorker();
    await until('the worker to catch up', () => isCaughtUp(stores, events));
    const megabytes = await readPeakMemory(worker.pid);
    await worker.stop();
    return {
      name: 'worker-memory',
      title: `Worker's memory at most, in a catch-up of ${events} events`,
      figures: [{ label: '', unit: 'MB', ...toSpread([megabytes]) }],
      against: [],
      ratio: null,
      limits: [{ label: '', value: megabytes, unit: 'MB', bound: 'at most', limit: 256 }],
    };
  });
}

async function isCaughtUp(
  { registry, postgres, dynamo }: Stores,
  events: number,
): Promise<boolean> {
  const { head, projections } = await getProjectionLag(postgres.db, registry.views);
  if (head < events || projections.some(({ eventsBehind }) => eventsBehind > 0)) {
    return false;
  }
  const consumers = await getConsumerLag(dynamo, new Date());
  return consumers.every(({ eventsBehind, atLeast }) => eventsBehind === 0 && !atLeast);
}

/** The peak of a process's resident set in MB (2^20 bytes). Throws UNEXPECTED where there is no /proc. */
async function readPeakMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]);
  if (Number.isNaN(kilobytes)) {
    throw new PlayheadError('UNEXPECTED', `The memory of process ${pid} cannot be read in /proc.`);
  }
  return kilobytes / 1_024;
}
