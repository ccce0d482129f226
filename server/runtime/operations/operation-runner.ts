import { PlayheadError } from '#lib/playhead-error.ts';
import { backoffMs } from '#server/runtime/platform/backoff.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import { retryTransient } from '#server/runtime/platform/retry-transient.ts';
import { toKnownError } from '#server/runtime/platform/to-known-error.ts';
import { createWakeSignal } from '#server/runtime/platform/wake-signal.ts';
import { ALL_OPERATIONS } from './all-operations.ts';
import type { OperationDeps } from './operation.ts';
import {
  claimOperations,
  endOperation,
  FOR_WORKERS,
  interruptOrphans,
  type OperationRow,
  renewOperation,
  toOperator,
} from './operation-claims.ts';

export type OperationRunner = {
  /** There may be one to take up. */
  readonly wake: () => void;
  /** Interrupts those that are under way, and takes up no more. */
  readonly stop: () => Promise<void>;
};

/** So many at a time: a pause must not wait for a comparison of everything. */
export const OPERATIONS_AT_ONCE = 3;

const LOOK_INTERVAL_MS = 1_000;
const RENEW_MS = 1_000;

type Options = {
  readonly deps: OperationDeps;
  readonly logger: Logger;
  /** Unique to this process and this start of it. */
  readonly workerId: string;
};

/**
 * Carries out what operators ask for in the console, in the order of their asking. Of several workers
 * one takes each up; when that one dies, the operation is interrupted, and nobody begins it again.
 */
export function createOperationRunner({ deps, logger, workerId }: Options): OperationRunner {
  const { db } = deps;
  const news = createWakeSignal();
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  let failures = 0;

  async function look(): Promise<void> {
    await interruptOrphans(db);
    const room = OPERATIONS_AT_ONCE - running.size;
    for (const row of room > 0 ? await claimOperations(db, workerId, room, FOR_WORKERS) : []) {
      const task = carryOut(row).finally(() => {
        running.delete(task);
        news.wake();
      });
      running.add(task);
    }
  }

  async function carryOut(row: OperationRow): Promise<void> {
    const log = logger.child({ operation: row.id, kind: row.kind, subject: row.subject });
    log.info('carrying out an operation');
    let progress = row.progress;
    const renewing = setInterval(() => {
      // Without the database the claim runs out, and the end cannot be written down either.
      renewOperation(db, workerId, row.id, progress).catch(() => {});
    }, RENEW_MS);
    const end = await run(row, (done, total) => {
      progress = { done, total: total ?? null };
    }).then(
      (result) => ({ status: 'done', result }) as const,
      (error) => {
        log.warn({ error: toErrorSentence(error) }, 'an operation came to nothing');
        const { code, message } = toKnownError(error);
        return stopping.signal.aborted
          ? ({ status: 'interrupted' } as const)
          : ({ status: 'failed', error: { code, message } } as const);
      },
    );
    try {
      await retryTransient(() => endOperation(db, workerId, row.id, { ...end, progress }));
    } catch (error) {
      // What was carried out is not called failed for that: once the claim has run out, it is interrupted.
      log.warn({ error: toErrorSentence(error) }, 'writing down the end of an operation');
    } finally {
      clearInterval(renewing);
    }
  }

  async function run(
    { kind, input, ...row }: OperationRow,
    onProgress: (done: number, total?: number) => void,
  ): Promise<unknown> {
    const operation = ALL_OPERATIONS.get(kind);
    if (operation === undefined) {
      throw new PlayheadError('INVALID_INPUT', `This worker's program knows no “${kind}”.`);
    }
    const io = { signal: stopping.signal, onProgress };
    return operation.run(deps, operation.input.parse(input), toOperator(row), io);
  }

  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await look();
        failures = 0;
        await news.sleep(LOOK_INTERVAL_MS);
      } catch (error) {
        failures += 1;
        logger.warn({ error: toErrorSentence(error) }, 'looking for operations');
        await news.sleep(backoffMs(failures, { baseMs: 100, capMs: 5_000 }));
      }
    }
    await Promise.all(running);
  }

  const working = work();
  return {
    wake: news.wake,
    stop: async () => {
      stopping.abort();
      news.wake();
      await working;
    },
  };
}
