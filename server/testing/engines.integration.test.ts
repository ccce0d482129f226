import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, expect, it } from 'vitest';
import { createTestDynamo, createTestPostgres } from './engines.ts';

const [first, second] = [await createTestDynamo(), await createTestDynamo()];
const [one, other] = [await createTestPostgres(), await createTestPostgres()];

afterAll(async () => {
  first.close();
  second.close();
  await one.close();
  await other.close();
});

it('gives every suite DynamoDB tables of its own', async () => {
  const item = { commandId: 'c-1' };
  await first.documents.send(new PutCommand({ TableName: first.tables.commands, Item: item }));
  const scan = (dynamo: typeof first) =>
    dynamo.documents.send(new ScanCommand({ TableName: dynamo.tables.commands }));
  expect((await scan(first)).Items).toEqual([item]);
  expect((await scan(second)).Items).toEqual([]);
});

it('gives every suite a migrated database of its own', async () => {
  await one.sql`insert into journal_aggregates values ('account#1', 1)`;
  const count = async ({ sql }: typeof one) =>
    (await sql`select count(*)::int as count from journal_aggregates`)[0]?.count;
  expect(await count(one)).toBe(1);
  expect(await count(other)).toBe(0);
});
