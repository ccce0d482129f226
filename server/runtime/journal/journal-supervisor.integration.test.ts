import { randomUUID } from 'node:crypto';
import { asc } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { deposit, withdraw } from '#server/modules/bank/commands/move-money.ts';
import { transfer } from '#server/modules/bank/commands/transfer.ts';
import { runCommand } from '#server/runtime/commands/command.ts';
import { toDeliveredEvent } from '#server/runtime/event-store/delivered-event.ts';
import { reconcile } from '#server/runtime/integrity/reconcile.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { createConsumer } from '#server/runtime/stream/consumer.ts';
import { createJournalReader } from '#server/runtime/views/journal-reader.ts';
import { createProjector } from '#server/runtime/views/projector.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { appendHistory } from '#server/testing/append-history.ts';
import { createTestDynamo, createTestPostgres } from '#server/testing/engines.ts';
import { TEST_CODEC, toRecordedEvent } from '#server/testing/event-codec.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { createTestWriteSide } from '#server/testing/write-side.ts';
import { createIngest } from './ingest.ts';
import { readEpoch } from './journal-epoch.ts';
import { loadJournalState } from './journal-state.ts';
import { createJournalSupervisor, type JournalSupervisor } from './journal-supervisor.ts';
import { journal } from './journal-table.ts';

type TestPostgres = Awaited<ReturnType<typeof createTestPostgres>>;

const TIMEOUT = { timeout: 30_000, interval: 20 };
const logger = createLogger({ LOG_LEVEL: 'silent' }, 'test');
const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) {
    await cleanup();
  }
});

async function newDynamo() {
  const dynamo = await createTestDynamo();
  cleanups.push(async () => dynamo.close());
  return { dynamo, ...createTestWriteSide(dynamo) };
}

async function newPostgres() {
  const postgres = await createTestPostgres();
  cleanups.push(postgres.close);
  return postgres;
}

type Bank = Awaited<ReturnType<typeof newDynamo>>;

function startSupervisor(
  { dynamo, store }: Bank,
  { db }: Pick<TestPostgres, 'db'>,
): JournalSupervisor {
  const supervisor = createJournalSupervisor({
    dynamo,
    db,
    store,
    ingest: createIngest({ db, store }),
    workerId: randomUUID(),
    logger,
    lookIntervalMs: 20,
  });
  cleanups.push(supervisor.stop);
  return supervisor;
}

const isComplete = ({ db }: Pick<TestPostgres, 'db'>) =>
  expect.poll(async () => (await loadJournalState(db)).status, TIMEOUT).toBe('complete');

/** Each account's events, in the journal's order. */
async function expectJournalOf(
  events: readonly { aggregateId: string; eventId: string }[],
  { db }: TestPostgres,
) {
  const rows = await db.select().from(journal).orderBy(asc(journal.position));
  expect(rows.map(({ position }) => position)).toEqual(events.map((_, index) => index + 1));
  for (const aggregateId of new Set(events.map((event) => event.aggregateId))) {
    const idsOf = (list: readonly { aggregateId: string; eventId: string }[]) =>
      list.filter((event) => event.aggregateId === aggregateId).map(({ eventId }) => eventId);
    expect(idsOf(rows)).toEqual(idsOf(events));
  }
}

describe('a journal supervisor', () => {
  it('finds a new installation complete, and counts on both sides', async () => {
    const bank = await newDynamo();
    const postgres = await newPostgres();
    startSupervisor(bank, postgres);
    await isComplete(postgres);
    await expect.poll(() => readEpoch(bank.dynamo), TIMEOUT).toBeGreaterThan(2);
    expect((await loadJournalState(postgres.db)).epoch).toBeGreaterThan(2);
  });

  it('fills a new database from the event store, whatever the stream brings meanwhile', async () => {
    const bank = await newDynamo();
    const postgres = await newPostgres();
    const histories = await Promise.all(
      Array.from({ length: 30 }, (_, n) => appendHistory(bank.store, toSimpleHistory(`A${n}`, 90))),
    );
    const ingest = createIngest({ db: postgres.db, store: bank.store });
    startSupervisor(bank, postgres);
    await Promise.all(histories.map((history) => ingest(history.slice(-5).toReversed())));
    await isComplete(postgres);
    await expectJournalOf(histories.flat(), postgres);
    expect(await loadJournalState(postgres.db)).toMatchObject({ eventsRead: 2_700 });
  });

  it('begins again after it was cut off, and by one worker at a time', async () => {
    const bank = await newDynamo();
    const postgres = await newPostgres();
    const events = await appendHistory(bank.store, toSimpleHistory('LONG', 3_000));
    const pages = { count: 0 };
    const store = {
      ...bank.store,
      async *scanDelivered() {
        for (let start = 0; start < events.length; start += 100) {
          pages.count += 1;
          yield events.slice(start, start + 100).map(toDeliveredEvent);
        }
      },
    };
    const first = startSupervisor({ ...bank, store }, postgres);
    await expect.poll(() => pages.count, TIMEOUT).toBeGreaterThan(2);
    await first.stop();
    const cutOff = pages.count;
    expect(cutOff).toBeLessThan(30);
    expect(await loadJournalState(postgres.db)).toMatchObject({ status: 'incomplete' });
    for (let worker = 0; worker < 3; worker += 1) {
      startSupervisor({ ...bank, store }, postgres);
    }
    await isComplete(postgres);
    expect(pages.count).toBe(cutOff + 30);
    await expectJournalOf(events, postgres);
  });

  it('notices a database from a backup', async () => {
    const bank = await newDynamo();
    const postgres = await newPostgres();
    const before = await appendHistory(bank.store, toSimpleHistory('BEFORE', 10));
    const supervisor = startSupervisor(bank, postgres);
    await isComplete(postgres);
    const { epoch } = await loadJournalState(postgres.db);
    await expect.poll(() => readEpoch(bank.dynamo), TIMEOUT).toBeGreaterThan(epoch + 3);
    await supervisor.stop();
    // As if the event store had gone on, and the database had been put back to where it is.
    const after = await appendHistory(bank.store, toSimpleHistory('AFTER', 10));
    await postgres.sql`UPDATE journal_state SET mark = ${epoch}`;
    startSupervisor(bank, postgres);
    await expectEventually(() => expectJournalOf([...before, ...after], postgres));
  });

  it('says what is wrong, and goes on when it is right again', async () => {
    const bank = await newDynamo();
    const postgres = await newPostgres();
    await postgres.sql`ALTER TABLE journal_state RENAME TO hidden`;
    const supervisor = startSupervisor(bank, postgres);
    await expect.poll(() => supervisor.status().error, TIMEOUT).toContain('does not exist');
    await postgres.sql`ALTER TABLE hidden RENAME TO journal_state`;
    await isComplete(postgres);
    await expect.poll(() => supervisor.status().error, TIMEOUT).toBeNull();
  });
});

async function expectEventually(check: () => Promise<void>) {
  await expect.poll(() => check().then(() => 'right', String), TIMEOUT).toBe('right');
}

/** What a worker runs on PostgreSQL's side. */
function startWorker(bank: Bank, url: string) {
  const { dynamo, store } = bank;
  const workerId = randomUUID();
  const postgres = createPostgres({ DATABASE_URL: url }, { application: 'worker', max: 8 });
  const ingest = createIngest({ db: postgres.db, store });
  const consumer = createConsumer({
    dynamo,
    name: 'journal',
    workerId,
    receiver: { parse: toDeliveredEvent, deliver: ingest, readAll: () => store.scanDelivered() },
    logger,
    pollIntervalMs: 10,
  });
  const supervisor = startSupervisor(bank, postgres);
  const projectors = TEST_REGISTRY.views.map((projection) =>
    createProjector({
      postgres,
      journal: createJournalReader(postgres.db, TEST_CODEC),
      projection,
      workerId,
      logger,
    }),
  );
  return async () => {
    await Promise.all([consumer, supervisor, ...projectors].map((each) => each.stop()));
    await postgres.close();
  };
}

it('has all views back after PostgreSQL was emptied, while commands go on', async () => {
  const bank = await newDynamo();
  const { store, context } = bank;
  const accounts = await Promise.all(
    Array.from({ length: 12 }, () => bank.openFresh({ overdraftLimit: '100000' })),
  );
  // Nothing happens to the first four any more: no later event of theirs tells of those before it.
  for (const accountId of accounts.slice(0, 4)) {
    await runCommand(context(), deposit, { accountId, amount: '3.50', currency: 'EUR' });
  }
  let isOver = false;
  let commands = 0;
  async function trade(n: number) {
    for (; !isOver; commands += 1) {
      const [accountId, toAccountId] = [n + commands, n + commands + 5].map(
        (i) => accounts[4 + (i % 8)],
      );
      const money = { accountId, amount: '3.50', currency: 'EUR' };
      await runCommand(context(), deposit, money);
      await runCommand(context(), withdraw, { ...money, amount: '1.25' });
      const pay = { fromAccountId: accountId, toAccountId, amount: '0.75', currency: 'EUR' };
      await runCommand(context(), transfer, pay);
    }
  }
  const trading = Promise.all([0, 1, 2].map(trade));

  const first = await newPostgres();
  const stopFirst = startWorker(bank, first.url);
  await expect.poll(() => first.sql`SELECT FROM transactions LIMIT 50`, TIMEOUT).toHaveLength(50);
  await stopFirst();

  const second = await newPostgres();
  const commandsBefore = commands;
  const stopSecond = startWorker(bank, second.url);
  cleanups.push(stopSecond);
  await isComplete(second);
  await expect.poll(() => commands, TIMEOUT).toBeGreaterThan(commandsBefore + 10);
  isOver = true;
  await trading;

  let events = 0;
  for (const accountId of accounts) {
    events += (await store.read(`account#${accountId}`)).map(toRecordedEvent).length;
  }
  await expect
    .poll(() => second.sql`SELECT position::int FROM projections ORDER BY name`, TIMEOUT)
    .toEqual(TEST_REGISTRY.views.map(() => ({ position: events })));
  const { items, checked } = await reconcile(
    { store, db: second.db, dynamo: bank.dynamo, registered: TEST_REGISTRY },
    { settleMs: 0 },
  );
  const inPostgres = items.filter(({ view }) =>
    TEST_REGISTRY.views.some(({ name }) => name === view),
  );
  expect({ checked, inPostgres }).toEqual({ checked: 12, inPostgres: [] });
  expect(bank.failures).toEqual([]);
});
