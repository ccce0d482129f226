import { MODULES } from '#server/modules/index.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { createDynamo } from '#server/runtime/platform/dynamo.ts';
import { parseEnvWithoutPostgres } from '#server/runtime/platform/env.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { createHotViewsHandler } from './hot-views-handler.ts';

const env = parseEnvWithoutPostgres(process.env);
const { aggregates, hotViews } = createRegistry(MODULES);
const dynamo = createDynamo(env);

/** The function that the events table's stream is mapped to for the hot views. */
export const handler = createHotViewsHandler({
  dynamo,
  store: createEventStore(dynamo, aggregates),
  hotViews,
  logger: createLogger(env, 'stream-to-hot-views'),
});
