import { eq } from 'drizzle-orm';
import type { Logger } from '#server/runtime/platform/logger.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { createWakeSignal } from '#server/runtime/platform/wake-signal.ts';
import { claimRebuilds, releaseRebuild } from '#server/runtime/rebuild/rebuild-claims.ts';
import { createFault } from '#server/runtime/stream/fault.ts';
import { RENEW_MS } from '#server/runtime/views/claim.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import type { Bus } from './bus.ts';
import { busProgress, busReplays } from './bus-replays-table.ts';
import { listLeftovers, toQueueName } from './replay-progress.ts';
import { runReplay } from './run-replay.ts';

/** Longer than taking a batch of messages does; a dead worker's come again after that. */
const VISIBILITY_SECONDS = 5;

export type ReplayRunner = {
  /** There may be a replay to begin, or one that is over. */
  readonly wake: () => void;
  /** Stops after the messages in hand. */
  readonly stop: () => Promise<void>;
};

type Task = { readonly stop: () => Promise<void> };

/**
 * Carries out the replays by the bus that were requested, and removes the queues of those that are over. Of several
 * workers one does each; when it dies another goes on within seconds.
 */
export function createReplayRunner({
  db,
  bus,
  projections,
  workerId,
  logger,
  visibilitySeconds = VISIBILITY_SECONDS,
}: {
  readonly db: Db;
  readonly bus: Bus;
  readonly projections: readonly PostgresView[];
  readonly workerId: string;
  readonly logger: Logger;
  /** For so long a message that a worker has received comes to no other. */
  readonly visibilitySeconds?: number;
}): ReplayRunner {
  const news = createWakeSignal();
  const fault = createFault(logger, 'replays by the bus');
  const tasks = new Map<number, Task>();
  const names = projections.map(({ name }) => name);
  let isStopping = false;

  async function look(): Promise<void> {
    const held = [...tasks.keys()];
    const asked = { held, projections: names, filledBy: 'bus' } as const;
    const claimed = await claimRebuilds(db, workerId, asked);
    for (const id of held) {
      if (!claimed.some((claim) => claim.id === id)) {
        // Over, or another worker's by now; its queues are not removed under its hands.
        await tasks.get(id)?.stop();
      }
    }
    for (const { id, projection: name } of claimed) {
      const projection = projections.find((each) => each.name === name);
      if (projection !== undefined && !tasks.has(id)) {
        tasks.set(id, start(id, projection));
      }
    }
    await removeLeftovers();
  }

  function start(rebuild: number, projection: PostgresView): Task {
    const log = logger.child({ rebuild, projection: projection.name });
    const stopping = new AbortController();
    const deps = { db, bus, projection, rebuild, workerId, visibilitySeconds, logger: log };
    log.info('replaying by the bus');
    const ended = runReplay(deps, stopping.signal)
      .then(() => releaseRebuild(db, rebuild, workerId))
      // The claim runs out by itself.
      .catch(fault.note)
      .finally(() => tasks.delete(rebuild));
    return {
      stop: async () => {
        stopping.abort();
        await ended;
      },
    };
  }

  async function removeLeftovers(): Promise<void> {
    for (const { rebuild, attempt, projection } of await listLeftovers(db)) {
      for (let each = 0; each <= attempt; each += 1) {
        await bus.removeQueue(toQueueName(projection, { rebuild, attempt: each }, 'live'));
        await bus.removeQueue(toQueueName(projection, { rebuild, attempt: each }, 'replay'));
      }
      await db.transaction(async (tx) => {
        await tx.delete(busProgress).where(eq(busProgress.rebuild, rebuild));
        await tx
          .update(busReplays)
          .set({ removedAt: new Date(), depths: null })
          .where(eq(busReplays.rebuild, rebuild));
      });
    }
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      try {
        await look();
        fault.clear();
        await news.sleep(RENEW_MS);
      } catch (error) {
        await news.sleep(fault.note(error));
      }
    }
    await Promise.all([...tasks.values()].map((task) => task.stop()));
  }

  const running = run();
  return {
    wake: news.wake,
    stop: async () => {
      isStopping = true;
      news.wake();
      await running;
    },
  };
}
