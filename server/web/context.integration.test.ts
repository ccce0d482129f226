import { randomUUID } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, expect, it, vi } from 'vitest';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { runCommand } from '#server/runtime/commands/command.ts';
import {
  createTestDynamo,
  createTestPostgres,
  getTestDynamoEndpoint,
} from '#server/testing/engines.ts';
import { getWebContext } from './context.ts';

// It throws outside of React's server environment.
vi.mock('server-only', () => ({}));

const [dynamo, postgres] = await Promise.all([createTestDynamo(), createTestPostgres()]);

afterAll(async () => {
  await postgres.close();
  dynamo.close();
});

it('remembers a command for as many days as the setting says', async () => {
  vi.stubEnv('DYNAMODB_ENDPOINT', getTestDynamoEndpoint());
  vi.stubEnv('DATABASE_URL', postgres.url);
  vi.stubEnv('TABLE_PREFIX', dynamo.tables.events.replace(/events$/, ''));
  vi.stubEnv('COMMAND_RETENTION_DAYS', '2');
  const { handler } = getWebContext();
  const commandId = randomUUID();
  const facts = { number: 'A-1', owner: 'Ada', currency: 'EUR' };
  await runCommand({ handler, actor: 'tester', commandId }, openAccount, facts);
  const { Item } = await dynamo.documents.send(
    new GetCommand({ TableName: dynamo.tables.commands, Key: { commandId } }),
  );
  const days = (Number(Item?.expiresAt) - Date.parse(String(Item?.acceptedAt)) / 1_000) / 86_400;
  expect(days).toBeCloseTo(2, 3);
});
