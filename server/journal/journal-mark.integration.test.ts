import { afterAll, expect, it } from 'vitest';
import { createTestDynamo } from '#server/testing/engines.ts';
import { readMark, writeMark } from './journal-mark.ts';

const dynamo = await createTestDynamo();
afterAll(dynamo.close);

it('never goes back, and is content with being behind', async () => {
  expect(await readMark(dynamo)).toBe(0);
  await writeMark(dynamo, 5);
  await writeMark(dynamo, 3);
  await writeMark(dynamo, 5);
  expect(await readMark(dynamo)).toBe(5);
});
