import { afterAll, expect, it } from 'vitest';
import { parseEnv } from '#server/runtime/platform/env.ts';
import {
  createTestDynamo,
  createTestPostgres,
  getTestDynamoEndpoint,
} from '#server/testing/engines.ts';
import { measureCommands } from './commands.ts';
import { measureHotViews } from './hot-views.ts';
import { measureJournalCatchUp } from './journal-catch-up.ts';

const [dynamo, postgres] = await Promise.all([createTestDynamo(), createTestPostgres()]);
const env = parseEnv({
  DYNAMODB_ENDPOINT: getTestDynamoEndpoint(),
  DATABASE_URL: postgres.url,
  TABLE_PREFIX: dynamo.tables.events.replace(/events$/, ''),
});

afterAll(async () => {
  await postgres.close();
  dynamo.close();
});

const small = { events: 120, accounts: 20, rounds: 2 };

it.each([
  ['journal-catch-up', () => measureJournalCatchUp({ env }, small)],
  ['hot-views', () => measureHotViews({ env }, small)],
  // As many accounts as commands: the bare loop has nothing against two on one account at once.
  ['commands', () => measureCommands({ env }, { commands: 40, accounts: 40, rounds: 2 })],
])('%s: both ways come to an end in their smallest form, and are compared', async (name, run) => {
  const result = await run();
  expect(result.name).toBe(name);
  expect(result.limits[0]?.label).toBe('ratio');
  for (const { median, min, max } of [...result.figures, ...result.against]) {
    expect(min).toBeGreaterThan(0);
    expect(min).toBeLessThanOrEqual(median);
    expect(median).toBeLessThanOrEqual(max);
  }
  expect(result.limits[0]?.value).toBe(result.ratio?.median);
});
