import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { backoffMs } from '#server/runtime/platform/backoff.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { createWakeSignal } from '#server/runtime/platform/wake-signal.ts';
import type { Ingest } from './ingest.ts';
import { readEpoch, writeEpoch } from './journal-epoch.ts';
import {
  abandonJournalRebuild,
  advanceEpoch,
  beginJournalRebuild,
  completeJournal,
  isJournalBehind,
  loadJournalState,
  noteJournalProgress,
} from './journal-state.ts';
import { type JournalProgress, rebuildJournal } from './rebuild-journal.ts';

export type JournalSupervisorStatus = {
  /** This worker is rebuilding the journal, and has come so far; null while it is not. */
  readonly rebuilding: JournalProgress | null;
  /** What keeps it from looking after the journal, as a sentence; null when nothing does. */
  readonly error: string | null;
};

export type JournalSupervisor = {
  readonly status: () => JournalSupervisorStatus;
  /** Stops; a rebuild that is under way is begun again by the next worker. */
  readonly stop: () => Promise<void>;
};

/** So often it makes sure that the journal is the one that it knew. */
const LOOK_INTERVAL_MS = 5_000;

const PROGRESS_INTERVAL_MS = 1_000;

/**
 * Sees to it that the journal holds what the event store has, also what the stream no longer brings:
 * a new database, an emptied one and an older one from a backup are noticed at the start or within
 * seconds, and filled from the event store while the stream goes on. One worker does it at a time.
 */
export function createJournalSupervisor({
  dynamo,
  db,
  store,
  ingest,
  workerId,
  logger,
  lookIntervalMs = LOOK_INTERVAL_MS,
}: {
  readonly dynamo: Dynamo;
  readonly db: Db;
  readonly store: Pick<EventStore, 'scanDelivered'>;
  readonly ingest: Ingest;
  readonly workerId: string;
  readonly logger: Logger;
  readonly lookIntervalMs?: number;
}): JournalSupervisor {
  const pause = createWakeSignal();
  const stopping = new AbortController();
  const { signal } = stopping;
  let rebuilding: JournalProgress | null = null;
  let error: string | null = null;
  let failures = 0;

  async function look(): Promise<void> {
    // DynamoDB first: whatever it has counted, a database that never went back has counted before.
    const storeEpoch = await readEpoch(dynamo);
    const state = await loadJournalState(db);
    if (isJournalBehind(state, storeEpoch)) {
      if (await beginJournalRebuild(db, workerId, storeEpoch)) {
        await rebuild(storeEpoch);
      }
      return;
    }
    const epoch = await advanceEpoch(db);
    if (epoch !== undefined) {
      await writeEpoch(dynamo, epoch);
    }
  }

  async function rebuild(storeEpoch: number): Promise<void> {
    logger.warn('the journal may lack events: it is completed from the event store');
    let notedAt = performance.now();
    rebuilding = { read: 0, inserted: 0 };
    try {
      const done = await rebuildJournal({
        store,
        ingest,
        signal,
        onProgress: async (progress) => {
          rebuilding = progress;
          if (performance.now() - notedAt >= PROGRESS_INTERVAL_MS) {
            notedAt = performance.now();
            logger.info(progress, 'completing the journal');
            await noteJournalProgress(db, workerId, progress);
          }
        },
      });
      await noteJournalProgress(db, workerId, done);
      if (await completeJournal(db, workerId, storeEpoch)) {
        logger.info(done, 'the journal is complete');
      }
    } catch (cause) {
      await abandonJournalRebuild(db, workerId).catch(() => {});
      throw cause;
    } finally {
      rebuilding = null;
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        await look();
        error = null;
        failures = 0;
        await pause.sleep(lookIntervalMs);
      } catch (cause) {
        if (!signal.aborted) {
          const sentence = toErrorSentence(cause);
          if (sentence !== error) {
            logger.warn({ error: sentence }, 'looking after the journal');
          }
          error = sentence;
          failures += 1;
          await pause.sleep(backoffMs(failures, { baseMs: 100, capMs: 5_000 }));
        }
      }
    }
  }

  const running = run();
  return {
    status: () => ({ rebuilding, error }),
    stop: async () => {
      stopping.abort();
      pause.wake();
      await running;
    },
  };
}
