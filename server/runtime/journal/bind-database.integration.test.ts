import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { toAccountAggregateId } from '#server/modules/bank/domain/account-aggregate-id.ts';
import { createTestBank } from '#server/testing/bank.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { bindDatabase, checkBinding } from './bind-database.ts';
import { bindWhenUp } from './bind-when-up.ts';

const bank = await createTestBank();
const { dynamo, postgres } = bank;
const { db, sql } = postgres;
const other = await createTestBank();

beforeEach(async () => {
  await sql`DELETE FROM binding`;
  await dynamo.documents.send(
    new DeleteCommand({
      TableName: dynamo.tables.leases,
      Key: { consumer: 'event-store', shardId: 'identity' },
    }),
  );
});

afterAll(async () => {
  await bank.close();
  await other.close();
});

const MISMATCH = { code: 'STORE_MISMATCH' };
const open = (of: typeof bank, number: string) =>
  of.run(openAccount, { number, owner: 'Ann', currency: 'EUR', overdraftLimit: '0' });

it('binds two that are new, by whichever process comes first, and again', async () => {
  await Promise.all([1, 2, 3].map(() => bindDatabase({ dynamo, db })));
  await bindDatabase({ dynamo, db });
  await checkBinding({ dynamo, db });
  expect(await sql`SELECT count(*)::int AS rows FROM binding`).toEqual([{ rows: 1 }]);
});

it('refuses the database of another event store, and changes nothing', async () => {
  await bindDatabase({ dynamo, db });
  await bindDatabase({ dynamo: other.dynamo, db: other.postgres.db });
  const before = await sql`SELECT * FROM binding`;
  for (const refused of [bindDatabase, checkBinding]) {
    await expect(refused({ dynamo: other.dynamo, db })).rejects.toMatchObject(MISMATCH);
    await expect(refused({ dynamo, db: other.postgres.db })).rejects.toMatchObject(MISMATCH);
  }
  await expect(
    bindWhenUp({ dynamo: other.dynamo, db }, AbortSignal.timeout(10_000)),
  ).rejects.toMatchObject(MISMATCH);
  expect(await sql`SELECT * FROM binding`).toEqual(before);
});

it('lets an event store have a further database', async () => {
  await bindDatabase({ dynamo, db });
  await sql`DELETE FROM binding`;
  await bindDatabase({ dynamo, db });
  await checkBinding({ dynamo, db });
});

it('binds an instance of before by its journal, and refuses a foreign one of before', async () => {
  await open(bank, 'DE-1');
  await open(other, 'DE-1');
  await Promise.all([bank.settle(), other.settle()]);
  await expect(bindDatabase({ dynamo: other.dynamo, db })).rejects.toMatchObject(MISMATCH);
  expect(await sql`SELECT FROM binding`).toEqual([]);
  await bindDatabase({ dynamo, db });
});

it('refuses an event store that lacks the newest events of the journal', async () => {
  await bindDatabase({ dynamo, db });
  await open(bank, 'DE-2');
  await bank.settle();
  const Key = { aggregateId: toAccountAggregateId('DE-2'), eventSequence: 1 };
  await dynamo.documents.send(new DeleteCommand({ TableName: dynamo.tables.events, Key }));
  await expect(bindDatabase({ dynamo, db })).rejects.toMatchObject({
    ...MISMATCH,
    message: expect.stringContaining('restored to an earlier time'),
  });
});

it('refuses an empty event store for a database with a journal', async () => {
  const empty = await createTestDynamo();
  await expect(bindDatabase({ dynamo: empty, db })).rejects.toMatchObject(MISMATCH);
  empty.close();
});
