import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import { createTables } from '#server/platform/create-tables.ts';
import { createDynamo, type Dynamo } from '#server/platform/dynamo.ts';
import { createPostgres, type Postgres } from '#server/platform/postgres.ts';

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
  await createTables(dynamo.client, dynamo.tables);
  return dynamo;
}

/** The DynamoDB endpoint of this run, for a process that a test starts itself. */
export function getTestDynamoEndpoint(): string {
  return inject('testEngines').dynamodbEndpoint;
}

/**
 * A fresh database with every migration applied, on the PostgreSQL of this run. The suite closes it
 * in `afterAll`, which drops the database.
 */
export async function createTestPostgres(): Promise<Postgres & { readonly url: string }> {
  const { databaseUrl, template } = inject('testEngines');
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await administer(
    databaseUrl,
    (sql) => sql`create database ${sql(name)} template ${sql(template)}`,
  );
  const url = new URL(databaseUrl);
  url.pathname = name;
  const connected = createPostgres(
    { DATABASE_URL: url.href },
    { application: 'playhead-test', max: 10 },
  );
  return {
    ...connected,
    url: url.href,
    close: async () => {
      await connected.close();
      await administer(databaseUrl, (sql) => sql`drop database ${sql(name)} with (force)`);
    },
  };
}

async function administer(
  databaseUrl: string,
  statement: (sql: postgres.Sql) => Promise<unknown>,
): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    await statement(sql);
  } finally {
    await sql.end();
  }
}
