import { asc } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import { groupBy } from '#lib/group-by.ts';
import type { RecordedAccountEvent } from '#server/modules/bank/domain/account-events.ts';
import { foldAccountSummary } from '#server/modules/bank/views/account-summaries/account-summaries-fold.ts';
import {
  accountMonths,
  accountSummaries,
} from '#server/modules/bank/views/account-summaries/account-summaries-table.ts';
import { accounts } from '#server/modules/bank/views/accounts/accounts-table.ts';
import { accountsView } from '#server/modules/bank/views/accounts/accounts-view.ts';
import { foldDailyBalances } from '#server/modules/bank/views/daily-balances/daily-balances-fold.ts';
import { dailyBalances } from '#server/modules/bank/views/daily-balances/daily-balances-table.ts';
import { foldTransactions } from '#server/modules/bank/views/transactions/transactions-fold.ts';
import { transactions } from '#server/modules/bank/views/transactions/transactions-table.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { anyJournal } from '#server/testing/account-histories.ts';
import { applyNext } from '#server/testing/apply-next.ts';
import { EMPTY_STORE } from '#server/testing/empty-store.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { toStoredEvent } from '#server/testing/event-codec.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { loadCheckpoint } from './checkpoint.ts';
import { getFreshness, getProjectionLag } from './lag.ts';

const { db, sql, close } = await createTestPostgres();
const ingest = createIngest({ db, store: EMPTY_STORE });

afterAll(close);

beforeEach(async () => {
  await sql`TRUNCATE journal, journal_aggregates, journal_head`;
  await clearProjections();
});

async function clearProjections() {
  await sql`TRUNCATE projections, accounts, transactions, daily_balances, account_summaries,
    account_months`;
}

/** Brings every projection to the journal's end. */
async function project(batchSize: number) {
  for (const projection of TEST_REGISTRY.views) {
    for (;;) {
      const checkpoint = await loadCheckpoint(db, projection);
      const position = await applyNext(db, projection, checkpoint, batchSize);
      if (position === checkpoint.position) {
        break;
      }
    }
  }
}

async function readTables() {
  const { accountId } = transactions;
  return {
    accounts: await db.select().from(accounts).orderBy(asc(accounts.accountId)),
    transactions: await db
      .select()
      .from(transactions)
      .orderBy(asc(accountId), asc(transactions.sequence)),
    dailyBalances: await db
      .select()
      .from(dailyBalances)
      .orderBy(asc(dailyBalances.accountId), asc(dailyBalances.day)),
    summaries: await db.select().from(accountSummaries).orderBy(asc(accountSummaries.accountId)),
    months: await db
      .select()
      .from(accountMonths)
      .orderBy(asc(accountMonths.accountId), asc(accountMonths.month)),
  };
}

/** What the tables must hold, by the folds alone. */
function toTables(events: readonly RecordedAccountEvent[]): Awaited<ReturnType<typeof readTables>> {
  const histories = [...groupBy(events, ({ aggregateId }) => aggregateId)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, history]) => history);
  const summaries = histories.map((history) =>
    foldAccountSummary({ summary: undefined, months: [] }, history),
  );
  return {
    accounts: histories.flatMap((history) => {
      const { id } = parseAggregateId(history[0]?.aggregateId ?? '');
      return accountsView.fold(accountsView.initial, history, id).held.row ?? [];
    }),
    transactions: histories.flatMap((history) => foldTransactions(undefined, history)),
    dailyBalances: histories.flatMap((history) => foldDailyBalances(undefined, history)),
    summaries: summaries.flatMap(({ summary }) => summary ?? []),
    months: summaries.flatMap(({ months }) => months),
  };
}

const [events = []] = fc.sample(anyJournal, { numRuns: 1, seed: 11 });

it('holds the same rows as the folds, whatever the size of a batch', async () => {
  expect(events.length).toBeGreaterThan(30);
  await ingest(events.map(toStoredEvent));
  for (const batchSize of [1, 2, 3, 7, 16, events.length]) {
    await clearProjections();
    await project(batchSize);
    expect(await readTables()).toEqual(toTables(events));
  }
});

it('changes nothing when the checkpoint is behind the rows', async () => {
  await ingest(events.map(toStoredEvent));
  await project(5);
  await sql`UPDATE projections SET position = ${Math.floor(events.length / 2)}`;
  await project(4);
  await sql`UPDATE projections SET position = 0`;
  await project(1_000);
  expect(await readTables()).toEqual(toTables(events));
});

it('follows the journal as it grows', async () => {
  for (let start = 0; start < events.length; start += 6) {
    await ingest(events.slice(start, start + 6).map(toStoredEvent));
    await project(4);
    expect(await readTables()).toEqual(toTables(events.slice(0, start + 6)));
  }
});

it('refuses rows that lack events in between', async () => {
  await ingest(events.map(toStoredEvent));
  const [projection] = TEST_REGISTRY.views;
  if (projection === undefined) {
    throw new Error('There is no projection.');
  }
  await loadCheckpoint(db, projection);
  await sql`UPDATE projections SET position = 20`;
  const checkpoint = await loadCheckpoint(db, projection);
  await expect(applyNext(db, projection, checkpoint, 100)).rejects.toMatchObject({
    cause: { code: 'SEQUENCE_GAP', message: expect.stringContaining('rebuild the projection') },
  });
  expect(await db.select().from(accounts)).toEqual([]);
});

it('tells how far each projection is behind, in events and in seconds', async () => {
  expect(await getProjectionLag(db, TEST_REGISTRY.views)).toEqual({
    head: 0,
    projections: TEST_REGISTRY.views.map(({ name, version }) => ({
      name,
      version,
      position: 0,
      eventsBehind: 0,
      secondsBehind: 0,
      updatedAt: null,
    })),
  });
  await ingest(events.map(toStoredEvent));
  const size = events.length;
  await sql`UPDATE journal SET ingested_at = clock_timestamp() - interval '1 hour' WHERE position = 1`;
  await sql`UPDATE journal SET ingested_at = clock_timestamp() - interval '1 minute'
    WHERE position = 3`;
  const before = await getFreshness(db, accountsView);
  expect(before).toMatchObject({ position: 0, head: size, eventsBehind: size });
  expect(before.secondsBehind).toBeGreaterThanOrEqual(3_600);

  const [projection] = TEST_REGISTRY.views;
  if (projection === undefined) {
    throw new Error('There is no projection.');
  }
  await applyNext(db, projection, await loadCheckpoint(db, projection), 2);
  const between = await getFreshness(db, projection);
  expect(between).toMatchObject({ position: 2, eventsBehind: size - 2 });
  expect(between.secondsBehind).toBeGreaterThanOrEqual(60);
  expect(between.secondsBehind).toBeLessThan(3_600);

  await project(1_000);
  const after = await getProjectionLag(db, TEST_REGISTRY.views);
  expect(after.head).toBe(size);
  expect(after.projections).toHaveLength(TEST_REGISTRY.views.length);
  for (const { updatedAt, ...progress } of after.projections) {
    expect(progress).toMatchObject({ position: size, eventsBehind: 0, secondsBehind: 0 });
    expect(Date.parse(updatedAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
  }
  const neverRun = { name: 'never-run', version: 1 };
  expect(await getFreshness(db, neverRun)).toMatchObject({ position: 0, eventsBehind: size });
});
