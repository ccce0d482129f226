import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { TableNames } from './table-names.ts';

type Key = { readonly name: string; readonly type: 'S' | 'N' };

/** What a table has to be. */
export type TableSpec = {
  readonly name: string;
  readonly partitionKey: Key;
  readonly sortKey?: Key;
  /** It has a stream that carries each new item. */
  readonly stream?: boolean;
  /** The attribute, in epoch seconds, after which DynamoDB may delete an item. */
  readonly expiresAt?: string;
  /** What it holds is nowhere else: on AWS it is backed up and protected from deletion. */
  readonly isTruth?: boolean;
};

/** A hot view, as far as its table goes. */
export type HotTable = { readonly name: string; readonly key: string };

/** Every table of an installation with these hot views. */
export function toTableSpecs(tables: TableNames, hotViews: readonly HotTable[]): TableSpec[] {
  const aggregateId: Key = { name: 'aggregateId', type: 'S' };
  const eventSequence: Key = { name: 'eventSequence', type: 'N' };
  return [
    {
      name: tables.events,
      partitionKey: aggregateId,
      sortKey: eventSequence,
      stream: true,
      isTruth: true,
    },
    {
      name: tables.commands,
      partitionKey: { name: 'commandId', type: 'S' },
      expiresAt: 'expiresAt',
    },
    {
      name: tables.eventlessCommands,
      partitionKey: { name: 'month', type: 'S' },
      sortKey: { name: 'place', type: 'S' },
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
      name: tables.archivedAggregates,
      partitionKey: aggregateId,
      isTruth: true,
    },
    {
      name: tables.workers,
      partitionKey: { name: 'workerId', type: 'S' },
      expiresAt: 'expiresAt',
    },
    ...hotViews.map(
      ({ name, key }): TableSpec => ({
        name: `${tables.prefix}${name}`,
        partitionKey: { name: key, type: 'S' },
      }),
    ),
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

/** The request that creates a table; on AWS with `isProtected` where that is wanted. */
export function toCreateTable(spec: TableSpec, isProtected: boolean): CreateTableCommandInput {
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
    ...(isProtected ? { DeletionProtectionEnabled: true } : {}),
  };
}
