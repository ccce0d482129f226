import { afterAll, expect, it } from 'vitest';
import { createTestDynamo } from '#server/testing/engines.ts';
import { readEpoch, writeEpoch } from './journal-epoch.ts';

const dynamo = await createTestDynamo();
afterAll(dynamo.close);

it('never goes back, and is content with being behind', async () => {
  expect(await readEpoch(dynamo)).toBe(0);
  await writeEpoch(dynamo, 5);
  await writeEpoch(dynamo, 3);
  await writeEpoch(dynamo, 5);
  expect(await readEpoch(dynamo)).toBe(5);
});
