import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import { inject } from 'vitest';
import { MODULES } from '#server/modules/index.ts';
import { createTables } from '#server/runtime/platform/create-tables.ts';
import { createDynamo, type Dynamo } from '#server/runtime/platform/dynamo.ts';
import { createPostgres, type Postgres } from '#server/runtime/platform/postgres.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { administer } from './administer.ts';
import { openSql } from './sql.ts';

/**
 * Fresh, empty tables on the DynamoDB of this run, under a prefix of their own. The suite closes it
 * in `afterAll`.
 */
export async function createTestDynamo(): Promise<Dynamo> {
  const { dynamodbEndpoint } = inject('testEngines');
  const dynamo = createDynamo({
    DYNAMODB_ENDPOINT: dynamodbEndpoint,
    AWS_REGION: 'us-east-1',
    TABLE_PREFIX: `t${randomUUID().slice(0, 8)}-`,
  });
  await createTables(dynamo.client, dynamo.tables, { hotViews: createRegistry(MODULES).hotViews });
  return dynamo;
}

/** The DynamoDB endpoint of this run, for a process that a test starts itself. */
export function getTestDynamoEndpoint(): string {
  return inject('testEngines').dynamodbEndpoint;
}

export type TestPostgres = Postgres & { readonly url: string; readonly sql: postgres.Sql };

/**
 * A fresh database with every migration applied, on the PostgreSQL of this run. The suite closes it
 * in `afterAll`, which drops the database.
 */
export async function createTestPostgres(): Promise<TestPostgres> {
  const { databaseUrl, template } = inject('testEngines');
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await administer(databaseUrl, `create database ${name} template ${template}`);
  const url = new URL(databaseUrl);
  url.pathname = name;
  const connected = createPostgres(
    { DATABASE_URL: url.href },
    { application: 'playhead-test', max: 10 },
  );
  // A test's own statements name tables as they are; what is tested must not depend on that.
  const sql = openSql(url.href, { searchPath: 'playhead' });
  return {
    ...connected,
    sql,
    url: url.href,
    close: async () => {
      await Promise.all([connected.close(), sql.end({ timeout: 5 })]);
      await administer(databaseUrl, `drop database ${name} with (force)`);
    },
  };
}
