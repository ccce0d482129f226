import {
  claimOperations,
  endOperation,
  forLauncher,
  type OperationRow,
  toOperator,
} from '#server/runtime/operations/operation-claims.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import type { Report } from '#server/runtime/platform/report.ts';
import { toKnownError } from '#server/runtime/platform/to-known-error.ts';
import { createWakeSignal } from '#server/runtime/platform/wake-signal.ts';
import { recordOperatorAction } from '#server/runtime/views/record-operator-action.ts';

const LOOK_INTERVAL_MS = 1_000;

/** A PostgreSQL that hangs keeps the launcher's end waiting for no longer. */
const TIMEOUT_MS = 3_000;

type Options = {
  /** By the role that owns the tables. */
  readonly DATABASE_URL: string;
  /** This launcher's id: it takes up what is asked of it, and of no other. */
  readonly launcher: string;
  readonly restart: () => Promise<{ readonly pid: number }>;
  readonly report: Report;
};

/**
 * Restarts the worker when an operator asks for it in the console, and records who and why, until it is
 * stopped. While PostgreSQL does not answer nobody can ask: it goes on looking.
 */
export function restartOnRequest({ DATABASE_URL, launcher, restart, report }: Options): {
  readonly stop: () => Promise<void>;
} {
  const postgres = createPostgres(
    { DATABASE_URL },
    { application: 'playhead-launcher', max: 1, timeoutMs: TIMEOUT_MS },
  );
  const { db } = postgres;
  const pause = createWakeSignal();
  let isStopping = false;

  async function look(): Promise<void> {
    const [request] = await claimOperations(db, launcher, 1, forLauncher(launcher));
    if (request !== undefined) {
      await endOperation(db, launcher, request.id, await carryOut(request));
    }
  }

  async function carryOut(row: OperationRow) {
    try {
      const { pid } = await restart();
      await recordOperatorAction(db, toOperator(row), 'restart-worker', 'worker', { pid });
      return { status: 'done', result: { pid } } as const;
    } catch (cause) {
      const { code, message } = toKnownError(cause);
      report(`${code}: ${message}`);
      return { status: 'failed', error: { code, message } } as const;
    }
  }

  async function work(): Promise<void> {
    while (!isStopping) {
      // Without PostgreSQL a request cannot be made either, and one in hand ends as interrupted.
      await look().catch(() => {});
      await pause.sleep(LOOK_INTERVAL_MS);
    }
  }

  const working = work();
  return {
    stop: async () => {
      isStopping = true;
      pause.wake();
      await working;
      await postgres.close();
    },
  };
}
