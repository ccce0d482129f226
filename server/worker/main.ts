import { isPlayheadError } from '#lib/playhead-error.ts';
import { MODULES } from '#server/modules/index.ts';
import { parseEnv } from '#server/runtime/platform/env.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { startTracing } from '#server/runtime/tracing/start-tracing.ts';
import { startWorker } from './start-worker.ts';
import { stopWithProcess } from './stop-with-process.ts';

const env = parseEnv(process.env);
const logger = createLogger(env, 'worker');

// A fault in the program itself: the launcher starts a new worker, which goes on where this one was.
process.on('uncaughtException', (error) => {
  logger.fatal({ err: error }, 'an error that nobody handled');
  process.exit(1);
});

const tracing = await startTracing(env, 'playhead-worker', logger);
const worker = startWorker({ env, logger, registry: createRegistry(MODULES), tracing });
worker.bound.catch((error: unknown) => {
  if (isPlayheadError(error, 'STORE_MISMATCH')) {
    logger.fatal({ code: error.code }, error.message);
    process.exit(1);
  }
});
stopWithProcess(logger, async () => {
  await worker.stop();
  await tracing?.stop();
});
