import { randomUUID } from 'node:crypto';
import { parseEnv } from '#server/runtime/platform/env.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { createRebuildRunner } from '#server/runtime/rebuild/rebuild-runner.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';

/** A process that does nothing but rebuild, for a test to kill. */
const env = parseEnv(process.env);
createRebuildRunner({
  postgres: createPostgres(env, { application: 'rebuild-process', max: 4 }),
  projections: TEST_REGISTRY.views,
  logger: createLogger(env, 'rebuild-process'),
  workerId: randomUUID(),
});
