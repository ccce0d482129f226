import { randomUUID } from 'node:crypto';
import { expect, vi } from 'vitest';
import { MODULES } from '#server/modules/index.ts';
import { type Command, runCommand } from '#server/runtime/commands/command.ts';
import { createCommandHandler } from '#server/runtime/commands/create-command-handler.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { reconcile } from '#server/runtime/integrity/reconcile.ts';
import { getLiveWorkers } from '#server/runtime/platform/worker-heartbeat.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { createTestDynamo, createTestPostgres, getTestDynamoEndpoint } from './engines.ts';
import { spawnWorker } from './worker-process.ts';

/** For so long the views may need to come to the newest event, where others use the machine. */
const SETTLE_MS = 40_000;

/** A worker's start, where others use the machine. */
const START = { timeout: 120_000, interval: 100 };

/**
 * All modules of the program on empty databases of their own, with a worker that carries events to the
 * views and is at work. The suite stops it in `afterAll`.
 */
export async function startSystem() {
  const [dynamo, postgres] = await Promise.all([createTestDynamo(), createTestPostgres()]);
  const registered = createRegistry(MODULES);
  const store = createEventStore(dynamo, registered.aggregates);
  const handler = createCommandHandler({
    store,
    now: () => new Date(),
    onSnapshotError: (error) => {
      throw error;
    },
  });
  const dynamodbEndpoint = getTestDynamoEndpoint();
  const worker = spawnWorker({ dynamo, dynamodbEndpoint, databaseUrl: postgres.url });
  await vi.waitFor(async () => {
    expect(await getLiveWorkers(dynamo, new Date()), worker.log()).toHaveLength(1);
  }, START);
  return {
    db: postgres.db,
    /** Carries a command out, as a form or a program would send it. */
    run: (command: Command, input: unknown) =>
      runCommand({ handler, actor: 'tester', commandId: randomUUID() }, command, input),
    /** Waits until the views have come to every event, and compares each of them with the events. */
    reconcile: () =>
      reconcile({ store, db: postgres.db, dynamo, registered }, { settleMs: SETTLE_MS }),
    stop: async () => {
      await worker.end('SIGTERM');
      await handler.close();
      await postgres.close();
      dynamo.close();
    },
  };
}
