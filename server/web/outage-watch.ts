import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { sql } from 'drizzle-orm';
import type { ErrorCode } from '#lib/playhead-error.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { within } from '#server/runtime/queries/within.ts';

/** Hears what requests run into. */
export type OutageWatch = {
  /** Any failed request's error; those that are no outage change nothing. */
  readonly note: (error: { readonly code: ErrorCode; readonly message: string }) => void;
};

type Probe = () => Promise<unknown>;

const PROBE_INTERVAL_MS = 1_000;
const TIMEOUT_MS = 1_500;

/**
 * Logs when requests find a store gone, and when it is back: once each, however many requests meet
 * it. While it is gone it is asked once a second.
 */
export function createOutageWatch({
  db,
  dynamo,
  logger,
  probeIntervalMs = PROBE_INTERVAL_MS,
}: {
  readonly db: Db;
  readonly dynamo: Dynamo;
  readonly logger: Logger;
  readonly probeIntervalMs?: number;
}): OutageWatch {
  const watch = (store: string, probe: Probe) =>
    createStoreWatch(logger.child({ store }), probe, probeIntervalMs);
  const watches: Partial<Record<ErrorCode, ReturnType<typeof createStoreWatch>>> = {
    POSTGRES_UNAVAILABLE: watch('postgresql', () => db.execute(sql`SELECT 1`)),
    DYNAMODB_UNAVAILABLE: watch('dynamodb', () =>
      dynamo.client.send(new DescribeTableCommand({ TableName: dynamo.tables.events })),
    ),
  };
  return { note: ({ code, message }) => watches[code]?.(message) };
}

function createStoreWatch(log: Logger, probe: Probe, intervalMs: number) {
  let isDown = false;

  async function waitForIt(): Promise<void> {
    const since = new Date().toISOString();
    for (let isBack = false; !isBack; ) {
      // The process may end meanwhile.
      await sleep(intervalMs, undefined, { ref: false });
      isBack = await within(TIMEOUT_MS, probe).then(
        () => true,
        () => false,
      );
    }
    isDown = false;
    log.info({ since }, 'requests are answered again');
  }

  return (sentence: string): void => {
    if (!isDown) {
      isDown = true;
      log.warn({ error: sentence }, 'requests cannot be answered');
      void waitForIt();
    }
  };
}
