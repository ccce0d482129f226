import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { getTableName, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import type { TestBank } from './bank.ts';

export type Item = Record<string, unknown>;

/** Changes a part of a text attribute. */
export function edit(from: string, to: string) {
  return (text: unknown) => String(text).replace(from, to);
}

/** Changes or removes account A's item of a hot view, and puts it back as it was. */
export async function whileItemTampered<Result>(
  { dynamo }: Pick<TestBank, 'dynamo'>,
  view: 'account-balances' | 'recent-transactions',
  change: Item | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  const { documents, tables } = dynamo;
  const TableName = `${tables.prefix}${view}`;
  const Key = { accountId: 'A' };
  const { Item } = await documents.send(new GetCommand({ TableName, Key }));
  if (change === undefined) {
    await documents.send(new DeleteCommand({ TableName, Key }));
  } else {
    const changes = Object.entries(change).map(([name, value]) => [
      name,
      typeof value === 'function' ? value(Item?.[name]) : value,
    ]);
    const tampered = { ...Item, ...Object.fromEntries(changes) };
    expect(tampered).not.toEqual(Item);
    await documents.send(new PutCommand({ TableName, Item: tampered }));
  }
  try {
    return await work();
  } finally {
    await documents.send(new PutCommand({ TableName, Item }));
  }
}

/** Runs a statement against the PostgreSQL views, and puts them back as they were. */
export async function whileTampered<Result>(
  { postgres: { db }, registered }: Pick<TestBank, 'postgres' | 'registered'>,
  statement: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const tables = registered.views.flatMap((view) =>
    view.tables.map((table) => getTableName(table.in(LIVE_SCHEMA))),
  );
  for (const table of tables) {
    await db.execute(sql.raw(`CREATE TABLE kept_${table} AS TABLE ${table}`));
  }
  try {
    const { count } = await db.execute(sql.raw(statement));
    expect(count).toBeGreaterThan(0);
    return await work();
  } finally {
    for (const table of tables) {
      await db.execute(sql.raw(`DELETE FROM ${table}`));
      await db.execute(sql.raw(`INSERT INTO ${table} SELECT * FROM kept_${table}`));
      await db.execute(sql.raw(`DROP TABLE kept_${table}`));
    }
  }
}
