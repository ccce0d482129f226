import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { stopOrphans } from '#server/local/child-records.ts';
import { startDynamoEngine } from '#server/local/dynamo-engine.ts';
import { startPostgresEngine } from '#server/local/postgres-engine.ts';
import { createRunDirectory, stopAbandonedRuns } from '#server/local/run-directory.ts';
import { migrate } from '#server/runtime/platform/migrate.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { administer } from './administer.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testEngines: { dynamodbEndpoint: string; databaseUrl: string; template: string };
  }
}

const TEMPLATE = 'playhead_template';
const PREFIX = 'playhead-test-';

/**
 * Starts both engines once for a run, in a directory of their own, and stops them after it. Suites
 * get fresh tables and databases from them by `engines.ts`. A process left behind fails the run.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  for (const abandoned of await stopAbandonedRuns(PREFIX)) {
    await rm(abandoned, { recursive: true, force: true });
  }
  const dataDir = await createRunDirectory(PREFIX);
  try {
    const [dynamo, database] = await Promise.all([
      startDynamoEngine({ dataDir }),
      startPostgresEngine({ dataDir, isDisposable: true }),
    ]);
    await createTemplate(database.databaseUrl);
    project.provide('testEngines', {
      dynamodbEndpoint: dynamo.endpoint,
      databaseUrl: database.databaseUrl,
      template: TEMPLATE,
    });
    return async () => {
      await Promise.all([dynamo.stop(), database.stop()]);
      await clear(dataDir);
    };
  } catch (error) {
    await clear(dataDir);
    throw error;
  }
}

async function clear(dataDir: string): Promise<void> {
  const left = await stopOrphans(dataDir);
  await rm(dataDir, { recursive: true, force: true });
  if (left.length > 0) {
    throw new Error(`Left running by the tests: ${left.join(', ')}`);
  }
}

/** A database with every migration applied, to copy: that takes some 50 ms, migrating takes more. */
async function createTemplate(databaseUrl: string): Promise<void> {
  await administer(databaseUrl, `create database ${TEMPLATE}`);
  const url = new URL(databaseUrl);
  url.pathname = TEMPLATE;
  const template = createPostgres(
    { DATABASE_URL: url.href },
    { application: 'playhead-test', max: 2 },
  );
  await migrate(template.db);
  await template.close();
}
