import { parseEnv } from '#server/runtime/platform/env.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { createWebhookRunner } from '#server/runtime/webhooks/webhook-runner.ts';
import { noEntities } from './no-entities.ts';

/** A process that does nothing but send to webhooks, for a test to kill. */
const env = parseEnv(process.env);
createWebhookRunner({
  db: createPostgres(env, { application: 'webhook-process', max: 3 }).db,
  workerId: `victim-${process.pid}`,
  logger: createLogger(env, 'webhook-process'),
  allowsPrivate: true,
  toEntityRow: noEntities,
});
