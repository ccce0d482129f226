import type { Logger } from '#server/runtime/platform/logger.ts';
import { createWakeSignal } from '#server/runtime/platform/wake-signal.ts';
import { createFault } from '#server/runtime/stream/fault.ts';
import { createShardSource } from '#server/runtime/stream/shard-source.ts';
import { isLagSampledSince, measureLag, type SampleDeps, writeLagSamples } from './sample-lag.ts';

const INTERVAL_MS = 10_000;

/** Where another worker has just taken a sample, this one need not ask the stream. */
const RECENT_MS = 8_000;

type Options = Omit<SampleDeps, 'shards'> & {
  readonly logger: Logger;
  readonly intervalMs?: number;
};

/**
 * Writes down every ten seconds how far each view is behind, of all workers one at a time, until it is
 * stopped. A sample that fails is a gap in the history and nothing else; the log has the first of
 * them, and the end.
 */
export function startLagSampler({ logger, intervalMs = INTERVAL_MS, ...deps }: Options): {
  readonly stop: () => Promise<void>;
} {
  const { db, dynamo } = deps;
  const shards = createShardSource(dynamo);
  const pause = createWakeSignal();
  const fault = createFault(logger, 'lag samples');
  let isStopping = false;

  async function sample(): Promise<void> {
    if (!(await isLagSampledSince(db, Math.min(RECENT_MS, 0.8 * intervalMs)))) {
      await writeLagSamples(db, await measureLag({ ...deps, shards }, new Date()));
    }
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      await sample().then(fault.clear, fault.note);
      await pause.sleep(intervalMs);
    }
  }

  const running = run();
  return {
    stop: async () => {
      isStopping = true;
      pause.wake();
      await running;
    },
  };
}
