import type { Dynamo } from '#server/platform/dynamo.ts';
import { toDynamoError } from '#server/platform/dynamo-errors.ts';
import type { Logger } from '#server/platform/logger.ts';
import { createWakeSignal } from '#server/platform/wake-signal.ts';
import {
  HEARTBEAT_INTERVAL_MS,
  putHeartbeat,
  removeHeartbeat,
  type WorkerHeartbeat,
} from '#server/platform/worker-heartbeat.ts';

/**
 * Reports the worker once a second, whatever state it is in, until it is stopped; then withdraws
 * it. A report that fails is logged, and followed by the next one.
 */
export function startHeartbeat(
  dynamo: Dynamo,
  logger: Logger,
  workerId: string,
  getState: () => Pick<WorkerHeartbeat, 'consumers' | 'projectors' | 'journal' | 'rebuilds'>,
): { readonly stop: () => Promise<void> } {
  const startedAt = new Date().toISOString();
  const pause = createWakeSignal();
  let isStopping = false;

  async function run(): Promise<void> {
    while (!isStopping) {
      const seenAt = new Date().toISOString();
      const report = { workerId, pid: process.pid, startedAt, seenAt, ...getState() };
      await putHeartbeat(dynamo, report).catch(complain);
      await pause.sleep(HEARTBEAT_INTERVAL_MS);
    }
    await removeHeartbeat(dynamo, workerId).catch(complain);
  }

  function complain(error: unknown): void {
    logger.warn({ error: toDynamoError(error).message }, 'the heartbeat failed');
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
