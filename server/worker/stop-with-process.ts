import type { Logger } from '#server/runtime/platform/logger.ts';

/** A stop takes at most this long; then the process ends as it is. The leases run out by themselves. */
const STOP_TIMEOUT_MS = 4_500;

/**
 * Ends the process when it is asked to (SIGTERM, SIGINT) or when the launcher that made it is gone
 * (its IPC channel closes), after `stop`. A second signal ends it at once.
 */
export function stopWithProcess(logger: Logger, stop: () => Promise<void>): void {
  let isStopping = false;
  const end = async (reason: string) => {
    if (isStopping) {
      process.exit(1);
    }
    isStopping = true;
    logger.info({ reason }, 'stopping');
    setTimeout(() => {
      logger.warn(`not stopped within ${STOP_TIMEOUT_MS} ms`);
      process.exit(1);
    }, STOP_TIMEOUT_MS);
    await stop();
    process.exit(0);
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  if (process.connected) {
    process.on('disconnect', () => {
      if (!isStopping) {
        end('the launcher is gone');
      }
    });
  }
}
