import { afterAll, afterEach, expect, it } from 'vitest';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { getAccountBalance } from '#server/modules/bank/views/account-balances/account-balances-view.ts';
import { runCommand } from '#server/runtime/commands/command.ts';
import { listHotActions } from '#server/runtime/dead-letters/hot-actions.ts';
import type { Consumer } from '#server/runtime/stream/consumer.ts';
import { getConsumerLag } from '#server/runtime/stream/consumer-lag.ts';
import { createTestDynamo, createTestPostgres } from '#server/testing/engines.ts';
import { startStreamConsumers } from '#server/testing/stream-consumers.ts';
import { createTestWriteSide } from '#server/testing/write-side.ts';
import { pauseHotViews, resumeHotViews } from './pause-hot-views.ts';

const dynamo = await createTestDynamo();
const postgres = await createTestPostgres();
const { context, openFresh, handler, store } = createTestWriteSide(dynamo);
const TIMEOUT = { timeout: 20_000, interval: 20 };
const running: Consumer[] = [];

afterEach(stopAll);
afterAll(async () => {
  await handler.close();
  await postgres.close();
  dynamo.close();
});

async function stopAll(): Promise<void> {
  await Promise.all(running.splice(0).map((consumer) => consumer.stop()));
}

const start = () => running.push(...startStreamConsumers({ dynamo, store, db: postgres.db }));
const hotSequence = async (accountId: string) =>
  (await getAccountBalance(dynamo, accountId))?.sequence;
const journaled = async (accountId: string) => {
  const [row] = await postgres.sql`
    SELECT event_sequence FROM journal_aggregates WHERE aggregate_id = ${`account#${accountId}`}
  `;
  return row?.event_sequence;
};
const statusOf = async (consumer: string) => {
  const rows = await getConsumerLag(dynamo, new Date());
  return rows.find(({ name }) => name === consumer);
};

it('pauses the hot views, whoever starts and stops, until they are resumed', async () => {
  start();
  const accountId = await openFresh();
  const payIn = () =>
    runCommand(context(), deposit, { accountId, amount: '1.00', currency: 'EUR' });
  await expect.poll(() => hotSequence(accountId), TIMEOUT).toBe(1);

  expect(await pauseHotViews(dynamo, { actor: 'olga', reason: 'Ticket 7' })).toBe(true);
  expect(await pauseHotViews(dynamo, { actor: 'eve' })).toBe(false);
  await payIn();
  await expect.poll(() => journaled(accountId), TIMEOUT).toBe(2);
  expect(await hotSequence(accountId)).toBe(1);
  expect(await statusOf('hot-views')).toMatchObject({
    status: 'paused',
    reason: 'Paused by olga: Ticket 7',
    eventsBehind: 1,
  });
  expect((await statusOf('journal'))?.status).not.toBe('paused');

  await stopAll();
  start();
  await payIn();
  await expect.poll(() => journaled(accountId), TIMEOUT).toBe(3);
  expect(await hotSequence(accountId)).toBe(1);
  await expect.poll(async () => (await statusOf('hot-views'))?.eventsBehind, TIMEOUT).toBe(2);

  expect(await resumeHotViews(dynamo, { actor: 'olga' })).toBe(true);
  expect(await resumeHotViews(dynamo, { actor: 'olga' })).toBe(false);
  await expect.poll(() => hotSequence(accountId), TIMEOUT).toBe(3);
  expect(await listHotActions(dynamo, 'hot-views', 5)).toMatchObject([
    { action: 'resume', actor: 'olga', reason: null },
    { action: 'pause', actor: 'olga', reason: 'Ticket 7' },
  ]);
});

it('is paused only when what was under way is done', async () => {
  start();
  const accountId = await openFresh();
  let isOver = false;
  const trading = (async () => {
    while (!isOver) {
      await runCommand(context(), deposit, { accountId, amount: '1.00', currency: 'EUR' });
    }
  })();
  for (let round = 0; round < 3; round += 1) {
    const from = (await hotSequence(accountId)) ?? 0;
    await expect.poll(() => hotSequence(accountId), TIMEOUT).toBeGreaterThan(from);
    await pauseHotViews(dynamo, { actor: 'olga' });
    const before = await hotSequence(accountId);
    const journal = await journaled(accountId);
    await expect.poll(() => journaled(accountId), TIMEOUT).toBeGreaterThan(journal + 20);
    expect(await hotSequence(accountId)).toBe(before);
    await resumeHotViews(dynamo, { actor: 'olga' });
  }
  isOver = true;
  await trading;
});
