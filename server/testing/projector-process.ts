import { parseEnv } from '#server/platform/env.ts';
import { createLogger } from '#server/platform/logger.ts';
import { createPostgres } from '#server/platform/postgres.ts';
import { createJournalReader } from '#server/projections/journal-reader.ts';
import { createProjector } from '#server/projections/projector.ts';
import { PROJECTIONS } from '#server/projections/registry.ts';

/** A worker's projectors in a process of their own, for a test to kill. */
const env = parseEnv(process.env);
const postgres = createPostgres(env, {
  application: 'projector-process',
  max: PROJECTIONS.length + 1,
});
const logger = createLogger(env, 'projector-process');
for (const projection of PROJECTIONS) {
  createProjector({
    postgres,
    journal: createJournalReader(postgres.db),
    projection,
    workerId: `victim-${process.pid}`,
    logger,
    // Small, so that there is a middle to be killed in.
    batchSize: 50,
  });
}
