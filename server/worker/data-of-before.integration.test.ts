import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { transfer } from '#server/modules/bank/commands/transfer.ts';
import { MODULES } from '#server/modules/index.ts';
import { runCommand } from '#server/runtime/commands/command.ts';
import { reconcile } from '#server/runtime/integrity/reconcile.ts';
import { migrate } from '#server/runtime/platform/migrate.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { readMigrations } from '#server/runtime/platform/read-migrations.ts';
import { SCHEMAS } from '#server/runtime/platform/schemas.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { getConsumerLag } from '#server/runtime/stream/consumer-lag.ts';
import { getProjectionLag } from '#server/runtime/views/lag.ts';
import {
  createTestDynamo,
  createTestPostgres,
  getTestDynamoEndpoint,
} from '#server/testing/engines.ts';
import { openSql } from '#server/testing/sql.ts';
import { spawnWorker } from '#server/testing/worker-process.ts';
import { createTestWriteSide } from '#server/testing/write-side.ts';

/**
 * What the last version that knew accounts alone left in both databases, recorded from it: 128
 * commands over four accounts with a snapshot, and an event of unknown type at which one of them waits.
 * The items are DynamoDB's JSON by table; the rows are PostgreSQL's own JSON by table.
 */
const recording = z
  .object({
    dynamo: z.record(z.string(), z.array(z.record(z.string(), z.any()))),
    postgres: z.record(z.string(), z.string()),
  })
  .parse(
    JSON.parse(
      gunzipSync(
        await readFile(new URL('../testing/before-modules.json.gz', import.meta.url)),
      ).toString(),
    ),
  );

const appliedSchema = z.array(z.object({ tag: z.string() }));
const EVENTS = 130;

const registered = createRegistry(MODULES);
const dynamo = await createTestDynamo();
const administrator = await createTestPostgres();
const url = new URL(administrator.url);
url.pathname = `${url.pathname}_before`;
const name = url.pathname.slice(1);
await administrator.sql.unsafe(`CREATE DATABASE ${name} TEMPLATE template0`);
const postgres = createPostgres({ DATABASE_URL: url.href }, { application: 'test', max: 4 });
const sql = openSql(url.href, { searchPath: 'playhead', max: 1 });
const { store, handler, context } = createTestWriteSide(dynamo);

afterAll(async () => {
  await handler.close();
  await Promise.all([postgres.close(), sql.end({ timeout: 5 })]);
  await administrator.sql.unsafe(`DROP DATABASE ${name} WITH (FORCE)`);
  await administrator.close();
  dynamo.close();
});

async function restoreDynamo(): Promise<void> {
  // Records of commands are kept for some months: they must not be out of date when this runs.
  const expiresAt = { N: String(Math.ceil(Date.now() / 1_000) + 86_400) };
  for (const [table, items] of Object.entries(recording.dynamo)) {
    for (const item of items) {
      const Item = table === 'commands' ? { ...item, expiresAt } : item;
      await dynamo.client.send(
        new PutItemCommand({ TableName: `${dynamo.tables.prefix}${table}`, Item }),
      );
    }
  }
}

async function restorePostgres(): Promise<void> {
  const tags = appliedSchema.parse(JSON.parse(recording.postgres.playhead_migrations ?? ''));
  for (const schema of SCHEMAS) {
    await sql.unsafe(`CREATE SCHEMA ${schema}`);
  }
  await sql`CREATE TABLE playhead_migrations (tag text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`;
  for (const { tag, statements } of await readMigrations()) {
    if (tags.some((applied) => applied.tag === tag)) {
      await sql.unsafe(statements.join(';'));
    }
  }
  // The rows are whole as they are: no trigger adds to them.
  await sql`SET session_replication_role = replica`;
  for (const [table, rows] of Object.entries(recording.postgres)) {
    await sql.unsafe(`TRUNCATE ${table}`);
    await sql.unsafe(
      `INSERT INTO ${table} OVERRIDING SYSTEM VALUE
        SELECT * FROM json_populate_recordset(NULL::${table}, $1::text::json)`,
      [rows],
    );
  }
}

async function settle(events: number): Promise<void> {
  await vi.waitFor(
    async () => {
      for (const row of await getConsumerLag(dynamo, new Date())) {
        expect(row).toMatchObject({ eventsBehind: 0, atLeast: false });
      }
      const { head, projections } = await getProjectionLag(postgres.db, registered.views);
      expect(head).toBe(events);
      expect(projections.map(({ eventsBehind }) => eventsBehind)).toEqual(projections.map(() => 0));
    },
    { timeout: 40_000, interval: 50 },
  );
}

it('goes on with the data of the version before there were modules', async () => {
  await restoreDynamo();
  await restorePostgres();
  // What a retry that was cut off was called then.
  await sql`UPDATE dead_letters SET status = 'draining' WHERE projection = 'accounts'`;
  await migrate(postgres.db);
  expect(await sql`SELECT DISTINCT status FROM dead_letters WHERE projection = 'accounts'`).toEqual(
    [{ status: 'retrying' }],
  );

  const worker = spawnWorker({
    dynamo,
    dynamodbEndpoint: getTestDynamoEndpoint(),
    databaseUrl: url.href,
  });
  try {
    await settle(EVENTS);
    // Both ids were used then, by commands on one account and on two.
    const again = { accountId: 'B', amount: '90071992547.11', currency: 'EUR' };
    expect(
      await runCommand(
        context({ commandId: '11111111-1111-4111-8111-111111111111' }),
        deposit,
        again,
      ),
    ).toMatchObject({ duplicate: true, tokens: [{ aggregateId: 'account#B', sequence: 2 }] });
    const moved = { fromAccountId: 'B', toAccountId: 'A', amount: '5.00', currency: 'EUR' };
    expect(
      await runCommand(
        context({ commandId: '22222222-2222-4222-8222-222222222222' }),
        transfer,
        moved,
      ),
    ).toMatchObject({
      duplicate: true,
      tokens: [
        { aggregateId: 'account#B', sequence: 4 },
        { aggregateId: 'account#A', sequence: 122 },
      ],
    });
    const next = { accountId: 'A', amount: '0.01', currency: 'EUR' };
    expect(await runCommand(context(), deposit, next)).toMatchObject({
      tokens: [{ aggregateId: 'account#A', sequence: 123 }],
    });
    await settle(EVENTS + 1);
    expect(await reconcile({ db: postgres.db, dynamo, store, registered })).toMatchObject({
      checked: 4,
      different: 0,
      explained: 1,
    });
  } finally {
    await worker.end('SIGTERM');
  }
});
