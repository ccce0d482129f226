import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { marshall } from '@aws-sdk/util-dynamodb';
import { startDynamoEngine } from '#server/local/dynamo-engine.ts';
import { startPostgresEngine } from '#server/local/postgres-engine.ts';
import { prepareStores } from '#server/local/prepare-stores.ts';
import { MODULES } from '#server/modules/index.ts';
import { runCommand } from '#server/runtime/commands/command.ts';
import { createCommandHandler } from '#server/runtime/commands/create-command-handler.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { createDynamo } from '#server/runtime/platform/dynamo.ts';
import { parseEnv } from '#server/runtime/platform/env.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { bundleFunctions } from './bundle-functions.ts';
import { runFunction } from './run-function.ts';

/* Measures, on the embedded engines, what a function takes to its first handled event in a new process. */

const RUNS = 10;

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const directory = await mkdtemp(join(tmpdir(), 'playhead-cold-start-'));
const [dynamo, database] = await Promise.all([
  startDynamoEngine({ dataDir: directory }),
  startPostgresEngine({ dataDir: directory, isDisposable: true }),
]);
try {
  const settings = { DYNAMODB_ENDPOINT: dynamo.endpoint, DATABASE_URL: database.databaseUrl };
  const env = parseEnv(settings);
  const registry = createRegistry(MODULES);
  await prepareStores(env, registry);
  const connected = createDynamo(env);
  const store = createEventStore(connected, registry.aggregates);
  const handler = createCommandHandler({ store, now: () => new Date(), onSnapshotError: () => {} });
  /** A new account's event, as Lambda delivers it. */
  async function openNew(number: string): Promise<unknown> {
    const openAccount = registry.commands.get('OpenAccount');
    if (openAccount === undefined) {
      throw new Error('The bank is not registered.');
    }
    const context = { handler, actor: 'measure', commandId: randomUUID() };
    await runCommand(context, openAccount, { number, owner: 'Ada', currency: 'EUR' });
    const events = await store.read(`account#${number}`);
    return {
      Records: events.map((event, index) => ({
        eventName: 'INSERT',
        dynamodb: { SequenceNumber: `${index + 1}`, NewImage: marshall(event) },
      })),
    };
  }

  const bundles = join(directory, 'functions');
  const sizes = await bundleFunctions(bundles);
  for (const name of ['stream-to-journal', 'stream-to-hot-views', 'project-journal'] as const) {
    const outcomes = [];
    for (let run = 0; run < RUNS; run += 1) {
      outcomes.push(
        await runFunction(bundles, name, await openNew(`${name}-${run}`.toUpperCase()), settings),
      );
    }
    const median = (times: readonly number[]) => {
      const sorted = times.toSorted((a, b) => a - b);
      return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
    };
    const cold = median(outcomes.map(({ coldMs }) => coldMs));
    const cpu = median(outcomes.map(({ cpuMs }) => cpuMs));
    const warm = median(outcomes.map(({ warmMs }) => warmMs));
    const megabytes = ((sizes.get(name) ?? 0) / 1_000_000).toFixed(2);
    console.log(
      `${name}: ${megabytes} MB, first ${cold} ms (${cpu} ms of a processor), second ${warm} ms (median of ${RUNS})`,
    );
  }
  await handler.close();
  connected.close();
} finally {
  await Promise.all([dynamo.stop(), database.stop()]);
  await rm(directory, { recursive: true, force: true });
}
