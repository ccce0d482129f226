import { parseEnv } from '#server/runtime/platform/env.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { createJournalReader } from '#server/runtime/views/journal-reader.ts';
import { createProjector } from '#server/runtime/views/projector.ts';
import { TEST_CODEC } from '#server/testing/event-codec.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';

/** A worker's projectors in a process of their own, for a test to kill. */
const env = parseEnv(process.env);
const postgres = createPostgres(env, {
  application: 'projector-process',
  max: TEST_REGISTRY.views.length + 1,
});
const logger = createLogger(env, 'projector-process');
for (const projection of TEST_REGISTRY.views) {
  createProjector({
    postgres,
    journal: createJournalReader(postgres.db, TEST_CODEC),
    projection,
    workerId: `victim-${process.pid}`,
    logger,
    // Small, so that there is a middle to be killed in.
    batchSize: 50,
  });
}
