import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, expect, it } from 'vitest';
import { injectFaults, sdkError } from '#server/testing/dynamo-faults.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { createTables } from './create-tables.ts';
import { toTableNames } from './table-names.ts';
import { toCreateTable, toTableSpecs } from './table-specs.ts';

const dynamo = await createTestDynamo();
const dying = await createTestDynamo();
const { client } = dynamo;
const freshTables = () => toTableNames(`t${randomUUID().slice(0, 8)}-`);

let dies: string | undefined;
injectFaults(dying, (name) =>
  name === dies ? { lose: 'request', error: sdkError('TimeoutError') } : undefined,
);

afterAll(() => {
  dynamo.close();
  dying.close();
});

const getTimeToLive = async (TableName: string) =>
  (await client.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription;

it('sets the time to live at the next start when one was cut off before it', async () => {
  const tables = freshTables();
  dies = 'UpdateTimeToLiveCommand';
  await expect(createTables(dying.client, tables)).rejects.toThrow();
  expect((await getTimeToLive(tables.commands))?.TimeToLiveStatus).toBe('DISABLED');
  await createTables(client, tables);
  for (const name of [tables.commands, tables.workers]) {
    expect(await getTimeToLive(name)).toMatchObject({ AttributeName: 'expiresAt' });
    expect((await getTimeToLive(name))?.TimeToLiveStatus).toMatch(/ENABL/);
  }
  // A start that finds everything as it should be changes nothing.
  dies = 'UpdateTimeToLiveCommand';
  await createTables(dying.client, tables);
});

it('enables a stream that is missing, and refuses one without the items', async () => {
  const tables = freshTables();
  const spec = toTableSpecs(tables, []).find(({ name }) => name === tables.events);
  const input = spec && toCreateTable({ ...spec, stream: false }, false);
  await client.send(new CreateTableCommand(input ?? ({} as never)));
  await createTables(client, tables);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tables.events }));
  expect(Table?.StreamSpecification).toEqual({ StreamEnabled: true, StreamViewType: 'NEW_IMAGE' });

  const others = freshTables();
  const stream = { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } as const;
  await client.send(
    new CreateTableCommand({
      ...(input ?? ({} as never)),
      TableName: others.events,
      StreamSpecification: stream,
    }),
  );
  await expect(createTables(client, others)).rejects.toMatchObject({
    code: 'NOT_CONFIGURED',
    message: expect.stringMatching(/KEYS_ONLY/),
  });
});

it('refuses a table with another key, and one that expires by another attribute', async () => {
  const tables = freshTables();
  const key = { AttributeName: 'id', KeyType: 'HASH' } as const;
  await client.send(
    new CreateTableCommand({
      TableName: tables.leases,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [key],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    }),
  );
  await expect(createTables(client, tables)).rejects.toMatchObject({
    code: 'NOT_CONFIGURED',
    message: expect.stringMatching(/has the key id .*TABLE_PREFIX/),
  });

  const others = freshTables();
  await createTables(client, others);
  const TableName = others.commands;
  const set = (Enabled: boolean, AttributeName: string) =>
    client.send(
      new UpdateTimeToLiveCommand({
        TableName,
        TimeToLiveSpecification: { Enabled, AttributeName },
      }),
    );
  await set(false, 'expiresAt');
  await set(true, 'acceptedAt');
  await expect(createTables(client, others)).rejects.toMatchObject({
    code: 'NOT_CONFIGURED',
    message: expect.stringMatching(/expire by acceptedAt/),
  });
});
