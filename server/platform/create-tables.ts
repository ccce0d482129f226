import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  ResourceNotFoundException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { TableNames } from './table-names.ts';

type Key = { readonly name: string; readonly type: 'S' | 'N' };
type TableSpec = {
  readonly name: string;
  readonly partitionKey: Key;
  readonly sortKey?: Key;
  readonly stream?: boolean;
  /** The attribute, in epoch seconds, after which DynamoDB may delete an item. */
  readonly expiresAt?: string;
};

/** Creates the tables that are missing and waits until they can be used; leaves the others alone. */
export async function createTables(client: DynamoDBClient, tables: TableNames): Promise<void> {
  await Promise.all(specs(tables).map((spec) => createTable(client, spec)));
}

function specs(tables: TableNames): TableSpec[] {
  const aggregateId: Key = { name: 'aggregateId', type: 'S' };
  const eventSequence: Key = { name: 'eventSequence', type: 'N' };
  const accountId: Key = { name: 'accountId', type: 'S' };
  return [
    { name: tables.events, partitionKey: aggregateId, sortKey: eventSequence, stream: true },
    {
      name: tables.commands,
      partitionKey: { name: 'commandId', type: 'S' },
      expiresAt: 'expiresAt',
    },
    {
      name: tables.snapshots,
      partitionKey: { name: 'snapshotKey', type: 'S' },
      sortKey: eventSequence,
    },
    {
      name: tables.leases,
      partitionKey: { name: 'consumer', type: 'S' },
      sortKey: { name: 'shardId', type: 'S' },
    },
    {
      name: tables.workers,
      partitionKey: { name: 'workerId', type: 'S' },
      expiresAt: 'expiresAt',
    },
    { name: tables.accountBalances, partitionKey: accountId },
    { name: tables.recentTransactions, partitionKey: accountId },
    {
      name: tables.deadLetters,
      partitionKey: { name: 'projection', type: 'S' },
      sortKey: aggregateId,
    },
    {
      name: tables.operatorActions,
      partitionKey: { name: 'subject', type: 'S' },
      sortKey: { name: 'id', type: 'S' },
    },
  ];
}

async function createTable(client: DynamoDBClient, spec: TableSpec): Promise<void> {
  if (await isActive(client, spec.name)) {
    return;
  }
  try {
    await client.send(new CreateTableCommand(toInput(spec)));
  } catch (error) {
    // Another process may be creating it at this moment.
    if (!(error instanceof ResourceInUseException)) {
      throw error;
    }
  }
  for (let attempt = 1; !(await isActive(client, spec.name)); attempt += 1) {
    if (attempt > 120) {
      throw new Error(`Table ${spec.name} did not become active within a minute.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  if (spec.expiresAt !== undefined) {
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName: spec.name,
        TimeToLiveSpecification: { Enabled: true, AttributeName: spec.expiresAt },
      }),
    );
  }
}

function toInput(spec: TableSpec): CreateTableCommandInput {
  const keys = [spec.partitionKey, ...(spec.sortKey ? [spec.sortKey] : [])];
  return {
    TableName: spec.name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keys.map(({ name, type }) => ({
      AttributeName: name,
      AttributeType: type,
    })),
    KeySchema: keys.map(({ name }, index) => ({
      AttributeName: name,
      KeyType: index === 0 ? 'HASH' : 'RANGE',
    })),
    ...(spec.stream
      ? { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } }
      : {}),
  };
}

async function isActive(client: DynamoDBClient, name: string): Promise<boolean> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    return Table?.TableStatus === 'ACTIVE';
  } catch (error) {
    if (error instanceof ResourceNotFoundException) {
      return false;
    }
    throw error;
  }
}
