import { backoffMs } from '#server/platform/backoff.ts';
import type { Logger } from '#server/platform/logger.ts';
import type { Postgres } from '#server/platform/postgres.ts';
import { classifyPostgresError, toPostgresSentence } from '#server/platform/postgres-errors.ts';
import { createWakeSignal } from '#server/platform/wake-signal.ts';
import { applyBatch } from './apply-batch.ts';
import { type Checkpoint, loadCheckpoint } from './checkpoint.ts';
import type { Projection } from './projection.ts';
import type { ProjectorObserver } from './projector-observer.ts';

export type ProjectorStatus = {
  readonly name: string;
  /** Why it does not get on, as a sentence; null while it does. */
  readonly error: string | null;
  /** Since when, ISO 8601. */
  readonly errorSince: string | null;
};

export type Projector = {
  /** There may be new events in the journal. */
  readonly wake: () => void;
  readonly status: () => ProjectorStatus;
  /** Stops after the batch in hand. */
  readonly stop: () => Promise<void>;
};

/** A notification can be lost: so often it looks by itself. */
const POLL_INTERVAL_MS = 1_000;

const RETRY = { baseMs: 100, capMs: 5_000 };

/**
 * Runs a projection until it is stopped: applies the journal batch by batch, and sleeps at its end
 * until it is woken. Every error is retried, without end and with a backoff, from the checkpoint:
 * no event is ever passed over. What the error is shows in `status`. Several workers may run the
 * same projection; each batch is applied by one of them.
 */
export function createProjector({
  postgres: { db },
  projection,
  logger,
  observer,
  batchSize = 1_000,
}: {
  readonly postgres: Pick<Postgres, 'db'>;
  readonly projection: Projection;
  readonly logger: Logger;
  readonly observer?: ProjectorObserver;
  /** Events per transaction, at most. */
  readonly batchSize?: number;
}): Projector {
  const { name, version } = projection;
  const news = createWakeSignal();
  const pause = createWakeSignal();
  let isStopping = false;
  let checkpoint: Checkpoint | undefined;
  let failures = 0;
  let limit = batchSize;
  let error: string | null = null;
  let errorSince: string | null = null;

  /** One batch. True when it may be the last for now. */
  async function step(): Promise<boolean> {
    checkpoint ??= await loadCheckpoint(db, projection);
    if (checkpoint.version !== version) {
      const held = checkpoint.version;
      checkpoint = undefined;
      fail(
        'error',
        `The tables of ${name} hold version ${held}, the code is version ${version}: rebuild it.`,
      );
      return true;
    }
    const position = await applyBatch(db, projection, checkpoint, limit, observer?.applied);
    if (error !== null) {
      logger.info({ projection: name, position, errorSince }, 'the projection gets on again');
    }
    error = errorSince = null;
    failures = 0;
    if (position === 'moved') {
      checkpoint = undefined;
      return false;
    }
    const isFull = position - checkpoint.position === limit;
    limit = Math.min(batchSize, limit * 2);
    checkpoint = { version, position };
    return !isFull;
  }

  function fail(level: 'warn' | 'error', sentence: string): void {
    if (sentence !== error) {
      logger[level]({ projection: name, position: checkpoint?.position }, sentence);
    }
    errorSince ??= new Date().toISOString();
    error = sentence;
  }

  function failed(cause: unknown): void {
    const sentence = toPostgresSentence(cause);
    failures += 1;
    observer?.retried();
    if (classifyPostgresError(cause) === 'transient') {
      fail('warn', sentence);
    } else {
      // Get on in small steps, up to the very event that is to blame.
      limit = 1;
      fail('error', `Behind position ${checkpoint?.position ?? 0}: ${sentence}`);
    }
    checkpoint = undefined;
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      try {
        if (await step()) {
          await news.sleep(POLL_INTERVAL_MS);
        }
      } catch (cause) {
        failed(cause);
        await pause.sleep(backoffMs(failures, RETRY));
      }
    }
  }

  const running = run();
  return {
    wake: news.wake,
    status: () => ({ name, error, errorSince }),
    stop: async () => {
      isStopping = true;
      news.wake();
      pause.wake();
      await running;
    },
  };
}
