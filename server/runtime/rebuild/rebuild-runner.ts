import { createEventCodec } from '#server/runtime/event-store/event-codec.ts';
import { backoffMs } from '#server/runtime/platform/backoff.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import type { Postgres } from '#server/runtime/platform/postgres.ts';
import { createWakeSignal } from '#server/runtime/platform/wake-signal.ts';
import { RENEW_MS } from '#server/runtime/views/claim.ts';
import { createJournalReader } from '#server/runtime/views/journal-reader.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import { type ClaimedRebuild, claimRebuilds, releaseRebuild } from './rebuild-claims.ts';
import { runRebuild } from './run-rebuild.ts';

export type RebuildRunner = {
  /** There may be a rebuild to begin, or one that is over. */
  readonly wake: () => void;
  /** The rebuilds that this worker fills; why one does not get on, as a sentence, null while it does. */
  readonly status: () => readonly {
    readonly id: number;
    readonly projection: string;
    readonly error: string | null;
  }[];
  /** Stops after the batches in hand. */
  readonly stop: () => Promise<void>;
};

type Task = {
  readonly projection: string;
  error: string | null;
  readonly stop: () => Promise<void>;
};

/**
 * Carries out rebuilds that were requested: fills each one, and lets it follow until it is swapped,
 * cancelled or discarded. Of several workers one does; when it dies another goes on from the
 * rebuild's checkpoint within seconds. It is given a pool of its own, of at least four connections,
 * so that rebuilding takes none from those who serve.
 */
export function createRebuildRunner({
  postgres: { db },
  projections,
  logger,
  workerId,
}: {
  readonly postgres: Pick<Postgres, 'db'>;
  readonly projections: readonly PostgresView[];
  readonly logger: Logger;
  /** Unique to this process and this start of it. */
  readonly workerId: string;
}): RebuildRunner {
  const journal = createJournalReader(
    db,
    createEventCodec(new Map(projections.map(({ aggregate }) => [aggregate.type, aggregate]))),
  );
  const news = createWakeSignal();
  const tasks = new Map<number, Task>();
  let isStopping = false;
  let failures = 0;

  async function look(): Promise<void> {
    const names = projections.map(({ name }) => name);
    const held = [...tasks.keys()];
    const asked = { held, projections: names, filledBy: 'journal' } as const;
    const claimed = await claimRebuilds(db, workerId, asked);
    for (const id of held) {
      if (!claimed.some((claim) => claim.id === id)) {
        // Over, or another worker's by now.
        tasks.get(id)?.stop();
      }
    }
    for (const claim of claimed) {
      const projection = projections.find(({ name }) => name === claim.projection);
      if (projection !== undefined && !tasks.has(claim.id)) {
        tasks.set(claim.id, start(claim, projection));
      }
    }
  }

  function start({ id }: ClaimedRebuild, projection: PostgresView): Task {
    const log = logger.child({ rebuild: id, projection: projection.name });
    const stopping = new AbortController();
    const pause = createWakeSignal();
    log.info('rebuilding');
    const ended = runRebuild({
      db,
      journal,
      projection,
      id,
      logger: log,
      signal: stopping.signal,
      pause,
      onError: (error) => {
        if (error !== null && error !== task.error) {
          log.warn({ error }, 'the rebuild waits');
        }
        task.error = error;
      },
    })
      .then(() => releaseRebuild(db, id, workerId))
      // The claim runs out by itself.
      .catch((error) => log.warn({ error: toErrorSentence(error) }, 'giving the rebuild back'))
      .finally(() => tasks.delete(id));
    const task: Task = {
      projection: projection.name,
      error: null,
      stop: async () => {
        stopping.abort();
        pause.wake();
        await ended;
      },
    };
    return task;
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      try {
        await look();
        failures = 0;
        await news.sleep(RENEW_MS);
      } catch (error) {
        failures += 1;
        logger.warn({ error: toErrorSentence(error) }, 'looking for rebuilds');
        await news.sleep(backoffMs(failures, { baseMs: 100, capMs: 5_000 }));
      }
    }
    await Promise.all([...tasks.values()].map((task) => task.stop()));
  }

  const running = run();
  return {
    wake: news.wake,
    status: () => [...tasks].map(([id, { projection, error }]) => ({ id, projection, error })),
    stop: async () => {
      isStopping = true;
      news.wake();
      await running;
    },
  };
}
