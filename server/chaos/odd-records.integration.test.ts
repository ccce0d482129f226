import { afterAll, expect, it } from 'vitest';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { createTestDynamo, createTestPostgres } from '#server/testing/engines.ts';
import { FULL_REGISTRY } from '#server/testing/registry.ts';
import { startStreamConsumers } from '#server/testing/stream-consumers.ts';
import { checkDeadLetters } from './checks/check-delivery.ts';
import { checkOddRecords, putOddRecords, removeOddRecords } from './odd-records.ts';

const dynamo = await createTestDynamo();
const postgres = await createTestPostgres();
const store = createEventStore(dynamo, FULL_REGISTRY.aggregates);
const deps = { store, dynamo, db: postgres.db, registered: FULL_REGISTRY };
const TIMEOUT = { timeout: 20_000, interval: 50 };

afterAll(async () => {
  await postgres.close();
  dynamo.close();
});

it('are missed while nobody reads the stream, shown once it is read, and leave nothing behind', async () => {
  await putOddRecords(dynamo, FULL_REGISTRY, '1');
  const { figure, problems } = await checkOddRecords(deps);
  expect(figure).toBe(`${FULL_REGISTRY.aggregates.size} records`);
  expect(problems).toHaveLength(FULL_REGISTRY.aggregates.size);
  const consumers = startStreamConsumers(deps);
  await expect.poll(async () => (await checkOddRecords(deps)).problems, TIMEOUT).toEqual([]);
  expect((await checkDeadLetters(deps)).problems).not.toEqual([]);
  await removeOddRecords(deps);
  expect((await checkDeadLetters(deps)).problems).toEqual([]);
  expect(await checkOddRecords(deps)).toMatchObject({ figure: '0 records', problems: [] });
  await Promise.all(consumers.map((consumer) => consumer.stop()));
});
