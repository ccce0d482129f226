import { randomUUID } from 'node:crypto';
import { parseEnv } from '#server/platform/env.ts';
import { createLogger } from '#server/platform/logger.ts';
import { createPostgres } from '#server/platform/postgres.ts';
import { createRebuildRunner } from '#server/projections/rebuild/rebuild-runner.ts';
import { PROJECTIONS } from '#server/projections/registry.ts';

/** A process that does nothing but rebuild, for a test to kill. */
const env = parseEnv(process.env);
createRebuildRunner({
  postgres: createPostgres(env, { application: 'rebuild-process', max: 4 }),
  projections: PROJECTIONS,
  logger: createLogger(env, 'rebuild-process'),
  workerId: randomUUID(),
});
