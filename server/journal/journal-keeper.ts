import type { EventStore } from '#server/event-store/event-store.ts';
import { backoffMs } from '#server/platform/backoff.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { toErrorSentence } from '#server/platform/error-sentence.ts';
import type { Logger } from '#server/platform/logger.ts';
import type { Db } from '#server/platform/postgres.ts';
import { createWakeSignal } from '#server/platform/wake-signal.ts';
import type { Ingest } from './ingest.ts';
import { readMark, writeMark } from './journal-mark.ts';
import {
  abandonJournalRebuild,
  advanceMark,
  beginJournalRebuild,
  completeJournal,
  isJournalBehind,
  loadJournalState,
  noteJournalProgress,
} from './journal-state.ts';
import { type JournalProgress, rebuildJournal } from './rebuild-journal.ts';

export type JournalKeeperStatus = {
  /** This worker is rebuilding the journal, and has come so far; null while it is not. */
  readonly rebuilding: JournalProgress | null;
  /** What keeps it from looking after the journal, as a sentence; null when nothing does. */
  readonly error: string | null;
};

export type JournalKeeper = {
  readonly status: () => JournalKeeperStatus;
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
export function createJournalKeeper({
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
}): JournalKeeper {
  const pause = createWakeSignal();
  const stopping = new AbortController();
  const { signal } = stopping;
  let rebuilding: JournalProgress | null = null;
  let error: string | null = null;
  let failures = 0;

  async function look(): Promise<void> {
    // DynamoDB first: whatever it has counted, a database that never went back has counted before.
    const storeMark = await readMark(dynamo);
    const state = await loadJournalState(db);
    if (isJournalBehind(state, storeMark)) {
      if (await beginJournalRebuild(db, workerId, storeMark)) {
        await rebuild(storeMark);
      }
      return;
    }
    const mark = await advanceMark(db);
    if (mark !== undefined) {
      await writeMark(dynamo, mark);
    }
  }

  async function rebuild(storeMark: number): Promise<void> {
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
      if (await completeJournal(db, workerId, storeMark)) {
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
