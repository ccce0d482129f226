import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { asc, sql as drizzleSql, getTableColumns, gt, sum } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accounts } from '#server/modules/bank/views/accounts/accounts-table.ts';
import { accountsView } from '#server/modules/bank/views/accounts/accounts-view.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createPostgres, type Db, type Tx } from '#server/runtime/platform/postgres.ts';
import { createJournalReader } from '#server/runtime/views/journal-reader.ts';
import { getFreshness } from '#server/runtime/views/lag.ts';
import { createProjector } from '#server/runtime/views/projector.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { TEST_CODEC, toStoredEvent } from '#server/testing/event-codec.ts';
import { getRebuild } from './get-rebuilds.ts';
import { createRebuildRunner } from './rebuild-runner.ts';
import { requestRebuild } from './request-rebuild.ts';
import { rollbackProjection } from './rollback-projection.ts';
import { swapRebuild } from './swap-rebuild.ts';

const postgres = await createTestPostgres();
const { db, sql } = postgres;
const connect = (application: string) =>
  createPostgres({ DATABASE_URL: postgres.url }, { application, max: 6 });
const [readers, projecting, rebuilding] = ['readers', 'projecting', 'rebuild'].map(connect);
if (readers === undefined || projecting === undefined || rebuilding === undefined) {
  throw new Error('There are three pools.');
}
const logger = createLogger({ LOG_LEVEL: 'silent' }, 'test');
const store = { read: async () => [], getRawItem: async () => undefined };
const ingest = createIngest({ db, store });
const workerId = randomUUID();
const projector = createProjector({
  postgres: projecting,
  journal: createJournalReader(projecting.db, TEST_CODEC),
  projection: accountsView,
  workerId,
  logger,
});
const runner = createRebuildRunner({
  postgres: rebuilding,
  projections: [accountsView],
  workerId,
  logger,
});

const ACCOUNTS = 20;
const LENGTH = 3_000;
const histories = Array.from({ length: ACCOUNTS }, (_, index) =>
  toSimpleHistory(`ACC${index}`, LENGTH).map(toStoredEvent),
);
let turn = 0;
let isOver = false;

/** Each turn adds an event to every account. */
async function write() {
  await ingest(histories.flatMap((history) => history[turn] ?? []));
  turn += 1;
  projector.wake();
}

beforeAll(async () => {
  while (turn < 200) {
    await write();
  }
});

afterAll(async () => {
  await Promise.all([projector.stop(), runner.stop()]);
  await Promise.all([readers, projecting, rebuilding].map((pool) => pool.close()));
  await postgres.close();
});

/** By name prepared, as pages read: the events in the rows are the sum of their versions. */
async function countEvents(on: Db | Tx): Promise<number> {
  const [row] = await on
    .select({ events: sum(accounts.version).mapWith(Number) })
    .from(accounts)
    .prepare('count_events')
    .execute();
  return row?.events ?? 0;
}

const readPage = (on: Db | Tx) =>
  on
    .select(getTableColumns(accounts))
    .from(accounts)
    .where(gt(accounts.owner, ''))
    .orderBy(asc(accounts.owner), asc(accounts.accountId))
    .limit(10)
    .prepare('read_page')
    .execute();

/** Reads again and again until all is over; answers how often. */
async function keepReading(read: (last: number) => Promise<number>): Promise<number> {
  let reads = 0;
  for (let last = 0; !isOver; reads += 1) {
    const next = await read(last);
    expect(next).toBeGreaterThanOrEqual(last);
    last = next;
  }
  return reads;
}

const READERS = [
  // A statement by itself, after a look at how far the view had come.
  async () => {
    const { position } = await getFreshness(readers.db, accountsView);
    const events = await countEvents(readers.db);
    expect(events).toBeGreaterThanOrEqual(position);
    return events;
  },
  // One snapshot: the rows are exactly those of the position that it shows.
  () =>
    readers.db.transaction(
      async (tx) => {
        const { position } = await getFreshness(tx, accountsView);
        expect(await countEvents(tx)).toBe(position);
        expect(await readPage(tx)).toHaveLength(10);
        return position;
      },
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    ),
  // A snapshot that is kept for a while, and meets the table only late.
  () =>
    readers.db.transaction(
      async (tx) => {
        const { position } = await getFreshness(tx, accountsView);
        await tx.execute(drizzleSql`SELECT pg_sleep(0.05)`);
        expect(await countEvents(tx)).toBe(position);
        return position;
      },
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    ),
  // Each account by itself.
  async (last: number) => {
    const rows = await readPage(readers.db);
    expect(rows).toHaveLength(10);
    return Math.max(last, Math.min(...rows.map(({ version }) => version)));
  },
];

it('swaps and rolls back under live traffic: no query fails, and nothing goes back in time', async () => {
  const reading = Promise.all(READERS.map((read) => keepReading(read)));
  const writing = keepReading(async (last) => {
    await write();
    await sleep(10);
    return last;
  });
  const traffic = Promise.all([reading, writing]).finally(() => {
    isOver = true;
  });
  const ann = { actor: 'ann' };
  for (let round = 0; round < 5 && !isOver; round += 1) {
    const { id } = await requestRebuild(db, accountsView, ann);
    runner.wake();
    await expect
      .poll(async () => (await getRebuild(db, id)).status, { timeout: 30_000, interval: 10 })
      .toBe('ready');
    await swapRebuild(db, accountsView, ann);
    await rollbackProjection(db, accountsView, ann);
  }
  isOver = true;
  const [reads] = await traffic;
  expect(Math.min(...reads)).toBeGreaterThan(20);
  await expect.poll(() => countEvents(db), { timeout: 30_000, interval: 10 }).toBe(turn * ACCOUNTS);
  const balances = await sql`
    SELECT bool_and(balance = (
      SELECT sum((event_data->>'amount')::bigint
        * CASE event_type WHEN 'MoneyDeposited' THEN 1 ELSE -1 END)
      FROM journal WHERE aggregate_id = 'account#' || account_id AND event_sequence > 1
    )) AS are_right FROM accounts
  `;
  expect(balances).toEqual([{ are_right: true }]);
}, 120_000);
