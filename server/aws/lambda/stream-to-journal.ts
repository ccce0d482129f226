import { MODULES } from '#server/modules/index.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { createDynamo } from '#server/runtime/platform/dynamo.ts';
import { parseEnv } from '#server/runtime/platform/env.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { createJournalHandler } from './journal-handler.ts';
import { withDatabaseUrl } from './read-database-url.ts';

const env = parseEnv(await withDatabaseUrl(process.env));
const dynamo = createDynamo(env);
// One batch at a time is in a process of Lambda. An invocation must end before its own time is over.
const { db } = createPostgres(env, { application: 'playhead-journal', max: 1, timeoutMs: 30_000 });

/** The function that the events table's stream is mapped to for the journal. */
export const handler = createJournalHandler({
  dynamo,
  db,
  store: createEventStore(dynamo, createRegistry(MODULES).aggregates),
  logger: createLogger(env, 'stream-to-journal'),
});
