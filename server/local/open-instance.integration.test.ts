import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDynamo } from '#server/runtime/platform/dynamo.ts';
import { parseEnv } from '#server/runtime/platform/env.ts';
import {
  createTestDynamo,
  createTestPostgres,
  getTestDynamoEndpoint,
  type TestPostgres,
} from '#server/testing/engines.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { openInstance } from './open-instance.ts';
import { prepareStores } from './prepare-stores.ts';

let postgres: TestPostgres;
let bare: string;

beforeAll(async () => {
  postgres = await createTestPostgres();
  const url = new URL(postgres.url);
  url.pathname = `${url.pathname}_bare`;
  bare = url.href;
  await postgres.sql.unsafe(`CREATE DATABASE ${url.pathname.slice(1)} TEMPLATE template0`);
});

afterAll(async () => {
  await postgres.sql.unsafe(`DROP DATABASE ${new URL(bare).pathname.slice(1)} WITH (FORCE)`);
  await postgres.close();
});

const settings = (prefix: string, databaseUrl: string) => ({
  DYNAMODB_ENDPOINT: getTestDynamoEndpoint(),
  AWS_REGION: 'us-east-1',
  TABLE_PREFIX: prefix,
  DATABASE_URL: databaseUrl,
});
const open = (source: Record<string, string>) =>
  openInstance(source, () => {}, { mayBegin: false, registry: TEST_REGISTRY });

async function findTables(prefix: string): Promise<string[]> {
  const { client, close } = createDynamo(settings(prefix, bare));
  const { TableNames = [] } = await client.send(new ListTablesCommand());
  close();
  return TableNames.filter((name) => name.startsWith(prefix));
}

it('creates no table in an event store that is not there', async () => {
  await expect(open(settings('mistyped-', postgres.url))).rejects.toMatchObject({
    code: 'NOT_CONFIGURED',
    message: expect.stringContaining('no table mistyped-events'),
  });
  expect(await findTables('mistyped-')).toEqual([]);
});

it('creates no schema in a database that has no Playhead', async () => {
  const dynamo = await createTestDynamo();
  const prefix = dynamo.tables.events.replace(/events$/, '');
  dynamo.close();
  await expect(open(settings(prefix, bare))).rejects.toMatchObject({
    code: 'NOT_CONFIGURED',
    message: expect.stringContaining('There is no Playhead in this PostgreSQL database'),
  });
});

it('opens databases that belong together, and refuses others', async () => {
  const ours = settings('ours-', postgres.url);
  const others = settings('others-', bare);
  await prepareStores(parseEnv(ours), TEST_REGISTRY);
  await prepareStores(parseEnv(others), TEST_REGISTRY);
  await (await open(ours)).close();
  await expect(open({ ...ours, DATABASE_URL: bare })).rejects.toMatchObject({
    code: 'STORE_MISMATCH',
  });
});
