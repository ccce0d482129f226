import { afterAll, expect, it } from 'vitest';
import { createEventStore } from '#server/event-store/create-event-store.ts';
import { createTestDynamo, createTestPostgres } from '#server/testing/engines.ts';
import { startStreamConsumers } from '#server/testing/stream-consumers.ts';
import { checkDeadLetters } from './checks/check-delivery.ts';
import { checkOddRecords, putOddRecord, removeOddRecords } from './odd-records.ts';

const dynamo = await createTestDynamo();
const postgres = await createTestPostgres();
const store = createEventStore(dynamo);
const deps = { store, dynamo, db: postgres.db };
const PATIENCE = { timeout: 20_000, interval: 50 };

afterAll(async () => {
  await postgres.close();
  dynamo.close();
});

it('are missed while nobody reads the stream, shown once it is read, and leave nothing behind', async () => {
  await putOddRecord(dynamo, '1');
  expect((await checkOddRecords(deps)).problems).not.toEqual([]);
  const consumers = startStreamConsumers(deps);
  await expect.poll(async () => (await checkOddRecords(deps)).problems, PATIENCE).toEqual([]);
  expect((await checkDeadLetters(deps)).problems).not.toEqual([]);
  await removeOddRecords(deps);
  expect((await checkDeadLetters(deps)).problems).toEqual([]);
  expect(await checkOddRecords(deps)).toMatchObject({ figure: '0 records', problems: [] });
  await Promise.all(consumers.map((consumer) => consumer.stop()));
});
