import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { groupBy } from '#lib/group-by.ts';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { transfer } from '#server/modules/bank/commands/transfer.ts';
import { fromAccountAggregateId } from '#server/modules/bank/domain/account-aggregate-id.ts';
import type { RecordedAccountEvent } from '#server/modules/bank/domain/account-events.ts';
import { foldAccountBalance } from '#server/modules/bank/views/account-balances/account-balances-fold.ts';
import { getAccountBalance } from '#server/modules/bank/views/account-balances/account-balances-view.ts';
import { foldRecentTransactions } from '#server/modules/bank/views/recent-transactions/recent-transactions-fold.ts';
import { getRecentTransactions } from '#server/modules/bank/views/recent-transactions/recent-transactions-view.ts';
import { runCommand } from '#server/runtime/commands/command.ts';
import { getLiveWorkers } from '#server/runtime/platform/worker-heartbeat.ts';
import { getConsumerLag } from '#server/runtime/stream/consumer-lag.ts';
import { listLeases } from '#server/runtime/stream/lease-table.ts';
import { getProjectionLag } from '#server/runtime/views/lag.ts';
import { toAccountEvent } from '#server/testing/account-event.ts';
import {
  createTestDynamo,
  createTestPostgres,
  getTestDynamoEndpoint,
} from '#server/testing/engines.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { createTcpProxy } from '#server/testing/tcp-proxy.ts';
import { spawnWorker, type WorkerProcess } from '#server/testing/worker-process.ts';
import { createTestWriteSide } from '#server/testing/write-side.ts';

const dynamo = await createTestDynamo();
const postgres = await createTestPostgres();
const databaseProxy = await createTcpProxy(postgres.url);
const dynamoProxy = await createTcpProxy(getTestDynamoEndpoint());
const { context, openFresh, store, handler } = createTestWriteSide(dynamo);
const workers: WorkerProcess[] = [];

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.end('SIGTERM')));
});
afterAll(async () => {
  await handler.close();
  await Promise.all([databaseProxy.close(), dynamoProxy.close()]);
  await postgres.close();
  dynamo.close();
});

function startWorker(): WorkerProcess {
  const worker = spawnWorker({
    dynamo,
    dynamodbEndpoint: dynamoProxy.url,
    databaseUrl: databaseProxy.url,
  });
  workers.push(worker);
  return worker;
}

const PATIENT = { timeout: 30_000, interval: 20 };

/** Waits until everything has come to the newest event, and answers how many events there are. */
async function settle(): Promise<RecordedAccountEvent[]> {
  const events: RecordedAccountEvent[] = [];
  for await (const page of store.scan()) {
    events.push(...page.map(toAccountEvent));
  }
  await vi.waitFor(async () => {
    for (const row of await getConsumerLag(dynamo, new Date())) {
      expect(row).toMatchObject({ eventsBehind: 0, atLeast: false });
    }
    const { head, projections } = await getProjectionLag(postgres.db, TEST_REGISTRY.views);
    expect(head).toBe(events.length);
    for (const row of projections) {
      expect(row).toMatchObject({ eventsBehind: 0 });
    }
  }, PATIENT);
  return events;
}

/** Every event is in the journal once, without holes, and every view says what the events say. */
async function expectViewsOf(events: readonly RecordedAccountEvent[]): Promise<void> {
  const { sql } = postgres;
  const rows = await sql<{ key: string; position: string }[]>`
    SELECT aggregate_id || '/' || event_sequence AS key, position FROM journal ORDER BY position
  `;
  expect(rows.map(({ position }) => Number(position))).toEqual(events.map((_, n) => n + 1));
  const keyOf = (event: RecordedAccountEvent) => `${event.aggregateId}/${event.eventSequence}`;
  expect(rows.map(({ key }) => key).sort()).toEqual(events.map(keyOf).sort());

  const transactions = await sql<{ n: number }[]>`SELECT count(*)::int AS n FROM transactions`;
  const openings = events.filter(({ eventType }) => eventType === 'AccountOpened').length;
  expect(transactions[0]?.n).toBe(events.length - openings);

  for (const [aggregateId, history] of groupBy(events, (event) => event.aggregateId)) {
    const accountId = fromAccountAggregateId(aggregateId);
    const balance = foldAccountBalance(undefined, history);
    expect(await getAccountBalance(dynamo, accountId)).toEqual(balance);
    expect(await getRecentTransactions(dynamo, accountId)).toEqual(
      foldRecentTransactions(undefined, history),
    );
    const [row] = await sql`
      SELECT balance::text, version FROM accounts WHERE account_id = ${accountId}
    `;
    expect(row).toEqual({ balance: balance?.balance, version: balance?.sequence });
  }
}

it('loses nothing and doubles nothing when it is killed in the middle of 2,000 commands', async () => {
  const accounts = await Promise.all(Array.from({ length: 25 }, () => openFresh()));
  const money = { amount: '100', currency: 'EUR' };
  await Promise.all(
    accounts.map((accountId) => runCommand(context(), deposit, { ...money, accountId })),
  );
  let done = 0;
  const turns = Array.from({ length: 2_000 }, (_, n) => n).values();
  const load = async () => {
    for (const turn of turns) {
      const accountId = accounts[turn % accounts.length] ?? '';
      const toAccountId = accounts[(turn * 7 + 1) % accounts.length] ?? '';
      if (turn % 5 === 0 && toAccountId !== accountId) {
        const input = { fromAccountId: accountId, toAccountId, amount: '0.01', currency: 'EUR' };
        await runCommand(context(), transfer, input);
      } else {
        await runCommand(context(), deposit, { accountId, amount: '1.00', currency: 'EUR' });
      }
      done += 1;
    }
  };
  let worker = startWorker();
  const loading = Promise.all([load(), load(), load(), load()]);
  for (const mark of [500, 1_200]) {
    const before = (await getProjectionLag(postgres.db, TEST_REGISTRY.views)).head;
    await vi.waitFor(async () => {
      expect(done).toBeGreaterThan(mark);
      expect((await getProjectionLag(postgres.db, TEST_REGISTRY.views)).head).toBeGreaterThan(
        before,
      );
    }, PATIENT);
    await worker.end('SIGKILL');
    worker = startWorker();
  }
  await loading;
  const events = await settle();
  expect(events.length).toBeGreaterThan(2_000);
  await expectViewsOf(events);
});

it('gives everything back at SIGTERM, so that the next worker goes on at once', async () => {
  const accountId = await openFresh();
  const first = startWorker();
  await settle();
  const started = performance.now();
  expect(await first.end('SIGTERM')).toBe(0);
  expect(performance.now() - started).toBeLessThan(5_000);
  expect((await listLeases(dynamo, 'journal')).map(({ owner }) => owner)).toEqual([null]);
  expect((await listLeases(dynamo, 'hot-views')).map(({ owner }) => owner)).toEqual([null]);
  const live = await getLiveWorkers(dynamo, new Date());
  expect(live.map(({ pid }) => pid)).not.toContain(first.child.pid);
  expect(first.log()).not.toContain('"level":50');

  await runCommand(context(), deposit, { accountId, amount: '5.00', currency: 'EUR' });
  startWorker();
  await settle();
  expect(await getAccountBalance(dynamo, accountId)).toMatchObject({ balance: '500' });
});

it('ends when the launcher that started it is gone', async () => {
  const worker = startWorker();
  await vi.waitFor(() => expect(worker.log()).toContain('the worker is running'), PATIENT);
  worker.child.disconnect();
  await vi.waitFor(() => expect(worker.child.exitCode).toBe(0), PATIENT);
});

it('outlives PostgreSQL: says so, keeps the hot views going, and catches up', async () => {
  const accountId = await openFresh();
  const worker = startWorker();
  await settle();
  databaseProxy.cut();
  await runCommand(context(), deposit, { accountId, amount: '7.00', currency: 'EUR' });
  await vi.waitFor(async () => {
    const all = await getLiveWorkers(dynamo, new Date());
    const live = all.find(({ pid }) => pid === worker.child.pid);
    const journal = live?.consumers.find(({ name }) => name === 'journal');
    expect(journal?.error).toEqual(expect.any(String));
    expect(journal?.errorSince).toEqual(expect.any(String));
    expect(live?.projectors[0]?.error).toEqual(expect.any(String));
    expect(live?.consumers.find(({ name }) => name === 'hot-views')?.error).toBeNull();
  }, PATIENT);
  expect(await getAccountBalance(dynamo, accountId)).toMatchObject({ balance: '700' });
  databaseProxy.restore();
  await expectViewsOf(await settle());
  expect(worker.child.exitCode).toBeNull();
});

it('outlives DynamoDB, also when it starts without it', async () => {
  dynamoProxy.cut();
  const worker = startWorker();
  await vi.waitFor(() => expect(worker.log()).toContain('finding shards'), PATIENT);
  const accountId = await openFresh();
  dynamoProxy.restore();
  await settle();
  dynamoProxy.cut();
  await runCommand(context(), deposit, { accountId, amount: '9.00', currency: 'EUR' });
  await vi.waitFor(() => expect(dynamoProxy.refused()).toBeGreaterThan(3), PATIENT);
  dynamoProxy.restore();
  await expectViewsOf(await settle());
  expect(worker.child.exitCode).toBeNull();
});
