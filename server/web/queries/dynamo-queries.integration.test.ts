import { afterAll, beforeAll, expect, it } from 'vitest';
import { consumerLagSchema } from '#lib/contracts/queries.ts';
import { hotViewsSchema } from '#lib/modules/bank/queries.ts';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { getHotViews } from '#server/modules/bank/queries/hot-views.ts';
import { toMissingEvent } from '#server/runtime/event-store/delivered-event.ts';
import { createHotViews } from '#server/runtime/hot-views/hot-views.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { createPostgres, type Db } from '#server/runtime/platform/postgres.ts';
import { putHeartbeat } from '#server/runtime/platform/worker-heartbeat.ts';
import { getConsumerLag } from '#server/runtime/stream/consumer-lag.ts';
import { createSystemWatch } from '#server/runtime/system/system-watch.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { getConsumerLagAnswer } from './consumer-lag.ts';

let bank: TestBank;

beforeAll(async () => {
  bank = await createTestBank();
  await bank.run(openAccount, { number: 'HOT', owner: 'Ada', currency: 'EUR' });
  await bank.run(deposit, { accountId: 'HOT', amount: '12.50', currency: 'EUR' });
});

afterAll(() => bank.close());

const ask = async () => hotViewsSchema.parse(await getHotViews(bank.dynamo, 'HOT'));

it('shows what the hot views hold of an account, and before that nothing', async () => {
  expect(await ask()).toEqual({
    balance: null,
    recent: null,
    problems: { balance: null, recent: null },
  });
  await bank.settle();
  expect(await ask()).toMatchObject({
    balance: { balance: '1250', currency: 'EUR', status: 'open', sequence: 2 },
    recent: { sequence: 2, items: [{ type: 'deposit', amount: '1250', balanceAfter: '1250' }] },
  });
});

const now = () => new Date();

async function askLag(db: Db = bank.postgres.db) {
  const { dynamo, store, registered } = bank;
  const answer = await getConsumerLagAnswer(
    createSystemWatch({ dynamo, db, store, registered, now, timeoutMs: 10_000 }),
  );
  return consumerLagSchema
    .parse(answer)
    .consumers.map(({ name, status, reason, eventsBehind }) => ({
      name,
      status,
      reason,
      eventsBehind,
    }));
}

it('counts what the consumers have not read, also while no worker runs', async () => {
  const behind = { status: 'down', reason: null, eventsBehind: 2 };
  expect(await askLag()).toEqual([
    { name: 'journal', ...behind },
    { name: 'hot-views', ...behind },
  ]);
});

it('says where accounts wait at dead letters, as far as the databases are up', async () => {
  const seenAt = now().toISOString();
  const [shard] = (await getConsumerLag(bank.dynamo, now())).map(({ shardId }) => shardId);
  const reader = { shardId: shard ?? '', lastEventAt: null, caughtUp: true };
  const working = { ...reader, error: null, errorSince: null };
  await putHeartbeat(bank.dynamo, {
    workerId: 'w1',
    pid: 1,
    startedAt: seenAt,
    seenAt,
    consumers: [
      { name: 'journal', ...working },
      { name: 'hot-views', ...working },
    ],
    projectors: [],
  });
  expect((await askLag()).map(({ status }) => status)).toEqual(['running', 'running']);
  const missing = ['account#X', 'account#Y'].map((id) => toMissingEvent(id, 1));
  await createIngest({ db: bank.postgres.db, store: bank.store })(missing);
  await createHotViews({ ...bank, ...bank.registered })(missing.slice(1));
  expect(await askLag()).toMatchObject([
    { status: 'blocked', reason: '2 aggregates wait at dead letters in the journal.' },
    {
      status: 'blocked',
      reason:
        '1 aggregate waits at dead letters in account-balances. ' +
        '1 aggregate waits at dead letters in recent-transactions.',
    },
  ]);
  const gone = createPostgres(
    { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' },
    { application: 'playhead-test', max: 1 },
  );
  expect(await askLag(gone.db)).toMatchObject([
    { name: 'journal', status: 'running', reason: null },
    { name: 'hot-views', status: 'blocked' },
  ]);
  await gone.close();
});
