import { randomUUID } from 'node:crypto';
import { MODULES } from '#server/modules/index.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { createDynamo } from '#server/runtime/platform/dynamo.ts';
import { parseEnv } from '#server/runtime/platform/env.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { withDatabaseUrl } from './read-database-url.ts';
import { runProjections } from './run-projections.ts';

/** Within the minute until the next run, so that two of them seldom meet. */
const TIMEOUT_MS = 50_000;

const env = parseEnv(await withDatabaseUrl(process.env));
const { aggregates, views } = createRegistry(MODULES);
const dynamo = createDynamo(env);
const postgres = createPostgres(env, {
  application: 'playhead-projections',
  max: 4,
  timeoutMs: 30_000,
});
const store = createEventStore(dynamo, aggregates);
const logger = createLogger(env, 'project-journal');

/** The function that is run once a minute: PostgreSQL's views come to the journal's end. */
export async function handler(): Promise<void> {
  const workerId = `lambda-${randomUUID().slice(0, 8)}`;
  const run = { dynamo, postgres, store, views, workerId, timeoutMs: TIMEOUT_MS, logger };
  await runProjections(run);
}
