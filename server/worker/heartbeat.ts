import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import { createWakeSignal } from '#server/runtime/platform/wake-signal.ts';
import {
  HEARTBEAT_INTERVAL_MS,
  putHeartbeat,
  removeHeartbeat,
  type WorkerHeartbeat,
} from '#server/runtime/platform/worker-heartbeat.ts';
import { createFault } from '#server/runtime/stream/fault.ts';

/**
 * Reports the worker once a second, whatever state it is in, until it is stopped; then withdraws
 * it. A report that fails is followed by the next one; the log has the first of them, and the end.
 */
export function startHeartbeat(
  dynamo: Dynamo,
  logger: Logger,
  workerId: string,
  getState: () => Pick<WorkerHeartbeat, 'consumers' | 'projectors' | 'journal' | 'rebuilds'>,
): { readonly stop: () => Promise<void> } {
  const startedAt = new Date().toISOString();
  const pause = createWakeSignal();
  const fault = createFault(logger, 'heartbeat');
  let isStopping = false;

  async function run(): Promise<void> {
    while (!isStopping) {
      const seenAt = new Date().toISOString();
      const report = { workerId, pid: process.pid, startedAt, seenAt, ...getState() };
      await putHeartbeat(dynamo, report).then(fault.clear, fault.note);
      await pause.sleep(HEARTBEAT_INTERVAL_MS);
    }
    await removeHeartbeat(dynamo, workerId).catch(fault.note);
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
