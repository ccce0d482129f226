import { randomUUID } from 'node:crypto';
import { sql as drizzleSql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountsView } from '#server/modules/bank/views/accounts/accounts-view.ts';
import { transactionsView } from '#server/modules/bank/views/transactions/transactions-view.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { ARCHIVE_SCHEMA, CANDIDATE_SCHEMA, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { loadCheckpoint } from '#server/runtime/views/checkpoint.ts';
import { readEntries } from '#server/runtime/views/journal-reader.ts';
import { operatorActions } from '#server/runtime/views/operator-actions-table.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import type { Row } from '#server/runtime/views/write-rows.ts';
import { anyJournal, toSimpleHistory } from '#server/testing/account-histories.ts';
import { applyNext } from '#server/testing/apply-next.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { TEST_CODEC, toStoredEvent } from '#server/testing/event-codec.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { applyToCandidate } from './apply-to-candidate.ts';
import { diffRebuild } from './diff-rebuild.ts';
import { cancelRebuild, discardPrevious, discardRebuild } from './end-rebuild.ts';
import { estimateRebuild } from './estimate-rebuild.ts';
import { createCandidate, dropTables, tableNamesOf } from './generation-tables.ts';
import { getRebuild, getRebuilds } from './get-rebuilds.ts';
import { listRebuildOffers } from './rebuild-offers.ts';
import { createRebuildRunner, type RebuildRunner } from './rebuild-runner.ts';
import { requestRebuild } from './request-rebuild.ts';
import { rollbackProjection } from './rollback-projection.ts';
import { swapRebuild } from './swap-rebuild.ts';

const postgres = await createTestPostgres();
const { db, sql } = postgres;
const pool = createPostgres({ DATABASE_URL: postgres.url }, { application: 'rebuild', max: 4 });
const store = { read: async () => [], getRawItem: async () => undefined };
const ingest = createIngest({ db, store });
const logger = createLogger({ LOG_LEVEL: 'silent' }, 'test');
const running: RebuildRunner[] = [];

const start = (projections: readonly PostgresView[] = TEST_REGISTRY.views) => {
  const runner = createRebuildRunner({
    postgres: pool,
    projections,
    logger,
    workerId: randomUUID(),
  });
  running.push(runner);
  return runner;
};

beforeEach(async () => {
  await db.transaction(async (tx) => {
    for (const projection of TEST_REGISTRY.views) {
      await dropTables(tx, projection, CANDIDATE_SCHEMA);
      await dropTables(tx, projection, ARCHIVE_SCHEMA);
    }
  });
  await sql`TRUNCATE journal, journal_aggregates, journal_head, dead_letters, operator_actions,
    rebuilds, projections, accounts, transactions, daily_balances, account_summaries, account_months`;
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((runner) => runner.stop()));
});

afterAll(async () => {
  await pool.close();
  await postgres.close();
});

const TIMEOUT = { timeout: 30_000, interval: 10 };
const ann = { actor: 'ann' };

/** Brings a projection to the journal's end, as its projector would. */
async function project(projection: PostgresView) {
  for (;;) {
    const checkpoint = await loadCheckpoint(db, projection);
    const position = await applyNext(db, projection, checkpoint, 1_000);
    if (position === checkpoint.position) {
      return position;
    }
  }
}

const ready = (id: number) =>
  expect
    .poll(async () => {
      const { status, error } = await getRebuild(db, id);
      return { status, error };
    }, TIMEOUT)
    .toEqual({ status: 'ready', error: null });

async function rebuild(projection: PostgresView) {
  const { id } = await requestRebuild(db, projection, ann);
  running.at(-1)?.wake();
  await ready(id);
  return id;
}

const rowsOf = (projection: PostgresView, schema: string) =>
  Promise.all(
    tableNamesOf(projection).map((name) => {
      return sql.unsafe(`SELECT * FROM ${schema}.${name} ORDER BY 1, 2`);
    }),
  );

const tablesIn = async (schema: string) =>
  (await sql`SELECT tablename FROM pg_tables WHERE schemaname = ${schema}`)
    .map((row) => row.tablename)
    .sort();

const [events = []] = fc.sample(anyJournal, { numRuns: 1, seed: 11 });
const stored = events.map(toStoredEvent);

describe('a rebuild', () => {
  it('mends what somebody has broken, and says before the swap what it will change', async () => {
    await ingest(stored);
    await project(accountsView);
    const right = await rowsOf(accountsView, LIVE_SCHEMA);
    await sql`UPDATE accounts SET balance = balance + 9007199254740993, owner = 'X' WHERE account_id = 'A1'`;
    await sql`DELETE FROM accounts WHERE account_id = 'A2'`;
    await sql`INSERT INTO accounts SELECT 'Z9', number, owner, currency, overdraft_limit, balance,
      status, opened_at, closed_at, last_activity_at, version FROM accounts WHERE account_id = 'A0'`;
    start();
    await rebuild(accountsView);
    const [table] = (await diffRebuild(db, accountsView)).tables;
    expect(table).toMatchObject({
      table: 'accounts',
      rowsInOld: right[0]?.length,
      rowsInNew: right[0]?.length,
      onlyInOld: 1,
      onlyInNew: 1,
      differing: 1,
    });
    const a1 = right[0]?.find((row) => row.account_id === 'A1');
    const broken = BigInt(a1?.balance) + 9_007_199_254_740_993n;
    expect(table?.sample).toEqual([
      {
        old: expect.objectContaining({ account_id: 'A1', owner: 'X', balance: `${broken}` }),
        new: expect.objectContaining({ account_id: 'A1', owner: a1?.owner, balance: a1?.balance }),
      },
      { old: null, new: expect.objectContaining({ account_id: 'A2' }) },
      { old: expect.objectContaining({ account_id: 'Z9' }), new: null },
    ]);
    await swapRebuild(db, accountsView, ann);
    expect(await rowsOf(accountsView, LIVE_SCHEMA)).toEqual(right);
  });

  it('is taken up again after a swap, by the projector and by the next rebuild', async () => {
    await ingest(stored.slice(0, 20));
    await project(transactionsView);
    start();
    for (const upTo of [30, events.length]) {
      await rebuild(transactionsView);
      await swapRebuild(db, transactionsView, ann);
      await ingest(stored.slice(0, upTo));
      await project(transactionsView);
    }
    const rows = await rowsOf(transactionsView, LIVE_SCHEMA);
    await sql`TRUNCATE transactions, projections`;
    await project(transactionsView);
    expect(await rowsOf(transactionsView, LIVE_SCHEMA)).toEqual(rows);
  });

  it('applies the code of another version, which stands still until the swap', async () => {
    await ingest(stored.slice(0, 30));
    await project(accountsView);
    const next: typeof accountsView = {
      ...accountsView,
      version: 2,
      fold: (held, batch, id) => {
        const { rows, ...folded } = accountsView.fold(held, batch, id);
        const inCapitals = (row: Row) => ({ ...row, owner: `${row.owner}`.toUpperCase() });
        return { ...folded, rows: rows.map((ofOne) => ofOne.map(inCapitals)) };
      },
    };
    expect(await listRebuildOffers(db, TEST_REGISTRY.views)).toEqual([]);
    expect(await listRebuildOffers(db, [next])).toEqual([
      { projection: 'accounts', heldVersion: 1, codeVersion: 2 },
    ]);
    await ingest(stored.slice(30));
    start([next]);
    const id = await rebuild(next);
    expect(await getRebuild(db, id)).toMatchObject({ fromVersion: 1, version: 2, position: 30 });
    await swapRebuild(db, next, ann);
    expect(await loadCheckpoint(db, next)).toEqual({ version: 2, position: 30 });
    await project(next);
    expect(await sql`SELECT account_id FROM accounts WHERE owner <> upper(owner)`).toEqual([]);
    expect(
      await sql`SELECT DISTINCT owner FROM playhead_archive.accounts WHERE owner = upper(owner)`,
    ).toEqual([]);
  });

  it('prepares the same statements for both generations on one connection', async () => {
    await ingest(stored);
    const one = createPostgres({ DATABASE_URL: postgres.url }, { application: 'one', max: 1 });
    await one.db.transaction((tx) => createCandidate(tx, accountsView));
    const batch = await readEntries(db, TEST_CODEC, { after: 0, limit: 1_000 });
    const half = Math.floor(batch.length / 2);
    const live = await loadCheckpoint(db, accountsView);
    for (const part of [batch.slice(0, half), batch.slice(half)]) {
      await one.db.transaction((tx) => applyToCandidate(tx, accountsView, part));
      await applyNext(one.db, accountsView, live, batch.length);
    }
    const rows = await rowsOf(accountsView, LIVE_SCHEMA);
    expect(rows[0]?.length).toBeGreaterThan(2);
    expect(await rowsOf(accountsView, CANDIDATE_SCHEMA)).toEqual(rows);
    await one.close();
  });

  it('does not let a table that the projection forgot to name be written to', async () => {
    await ingest(stored);
    await project(accountsView);
    const rows = await rowsOf(accountsView, LIVE_SCHEMA);
    const forgetful: PostgresView = {
      ...accountsView,
      tables: transactionsView.tables,
    };
    start([forgetful]);
    const { id } = await requestRebuild(db, forgetful, ann);
    await expect.poll(async () => (await getRebuild(db, id)).status, TIMEOUT).toBe('failed');
    expect((await getRebuild(db, id)).error?.message).toContain(
      '"playhead_candidate.accounts" does not exist',
    );
    expect(await rowsOf(accountsView, LIVE_SCHEMA)).toEqual(rows);
  });
});

describe('what operators do', () => {
  it('is refused while it makes no sense, with the reason', async () => {
    await ingest(stored);
    await project(accountsView);
    await expect(swapRebuild(db, accountsView, ann)).rejects.toThrow('is not being rebuilt');
    await expect(diffRebuild(db, accountsView)).rejects.toThrow('is not being rebuilt');
    await expect(cancelRebuild(db, accountsView, ann)).rejects.toThrow(
      'no rebuild that is being filled',
    );
    await expect(discardRebuild(db, accountsView, ann)).rejects.toThrow('no rebuild that is ready');
    await expect(discardPrevious(db, accountsView, ann)).rejects.toThrow('no previous generation');
    await expect(rollbackProjection(db, accountsView, ann)).rejects.toThrow(
      'no previous generation to return to',
    );
    await requestRebuild(db, accountsView, ann);
    await expect(requestRebuild(db, accountsView, ann)).rejects.toThrow(
      'accounts is being rebuilt already',
    );
    await expect(swapRebuild(db, accountsView, ann)).rejects.toThrow('is at position 0: wait');
    await expect(getRebuild(db, 999)).rejects.toMatchObject({ code: 'REBUILD_NOT_FOUND' });
  });

  it('one of many requests at once begins a rebuild', async () => {
    await ingest(stored);
    await project(accountsView);
    const answers = await Promise.allSettled(
      Array.from({ length: 4 }, () => requestRebuild(db, accountsView, ann)),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is recorded, with who and what came of it', async () => {
    await ingest(stored);
    await project(accountsView);
    start();
    const first = await rebuild(accountsView);
    await discardRebuild(db, accountsView, { actor: 'bob', reason: 'not now' });
    const second = await rebuild(accountsView);
    await swapRebuild(db, accountsView, ann);
    await discardPrevious(db, accountsView, ann);
    const actions = await db.select().from(operatorActions).orderBy(operatorActions.id);
    expect(
      actions.map(({ actor, action, reason, effect }) => [actor, action, reason, effect]),
    ).toEqual([
      ['ann', 'rebuild', null, { rebuild: first, version: 1, fromVersion: 1 }],
      ['bob', 'discard-rebuild', 'not now', { rebuild: first, position: events.length }],
      ['ann', 'rebuild', null, { rebuild: second, version: 1, fromVersion: 1 }],
      ['ann', 'swap-rebuild', null, { rebuild: second, position: events.length, from: 1, to: 1 }],
      ['ann', 'discard-previous', null, { rebuild: second }],
    ]);
    expect((await getRebuilds(db)).map(({ id, status }) => [id, status])).toEqual([
      [second, 'swapped'],
      [first, 'discarded'],
    ]);
    expect(await tablesIn(CANDIDATE_SCHEMA)).toEqual([]);
    expect(await tablesIn(ARCHIVE_SCHEMA)).toEqual([]);
  });

  it('cancels in the middle: the batch in hand is the last, and nothing is left', async () => {
    await ingest(toSimpleHistory('A1', 400).map(toStoredEvent));
    await project(accountsView);
    let batches = 0;
    const slow: PostgresView = {
      ...accountsView,
      load: async (tx, schema, ids) => {
        batches += 1;
        await tx.execute(drizzleSql`SELECT pg_sleep(0.5)`);
        return accountsView.load(tx, schema, ids);
      },
    };
    const runner = start([slow]);
    const { id } = await requestRebuild(db, slow, ann);
    const before = batches;
    await expect.poll(() => batches, TIMEOUT).toBeGreaterThan(before);
    await cancelRebuild(db, slow, ann);
    expect(await getRebuild(db, id)).toMatchObject({ status: 'cancelled' });
    expect(await tablesIn(CANDIDATE_SCHEMA)).toEqual([]);
    await expect.poll(() => runner.status(), TIMEOUT).toEqual([]);
    expect((await getRebuild(db, id)).error).toBeNull();
  });

  it('estimates without a trace, by a sample or by the last rebuild', async () => {
    await ingest(stored);
    expect(await estimateRebuild(db, accountsView)).toMatchObject({
      events: 0,
      seconds: 0,
      basis: 'nothing',
    });
    await project(accountsView);
    const estimate = await estimateRebuild(db, accountsView);
    expect(estimate).toMatchObject({ events: events.length, basis: 'sample' });
    expect(estimate.rate).toBeGreaterThan(0);
    expect(estimate.bytes).toBeGreaterThan(8_192);
    expect(estimate.seconds).toBeCloseTo(events.length / (estimate.rate ?? 0));
    expect([...(await tablesIn(CANDIDATE_SCHEMA)), ...(await tablesIn(ARCHIVE_SCHEMA))]).toEqual(
      [],
    );
    const { id } = await requestRebuild(db, accountsView, ann);
    await cancelRebuild(db, accountsView, ann);
    await sql`UPDATE rebuilds SET position = 60000, rate = 1000 WHERE id = ${id}`;
    expect(await estimateRebuild(db, accountsView)).toMatchObject({
      seconds: events.length / 1_000,
      basis: 'last-rebuild',
    });
  });
});

describe('a rollback', () => {
  it('returns to the previous generation, brought up to date, and back again', async () => {
    await ingest(stored.slice(0, 20));
    await project(accountsView);
    await sql`UPDATE accounts SET owner = 'first generation'`;
    const owners = async (schema: string) =>
      (await sql.unsafe(`SELECT DISTINCT owner FROM ${schema}.accounts`)).map((row) => row.owner);
    start();
    await rebuild(accountsView);
    await swapRebuild(db, accountsView, ann);
    const second = await owners(LIVE_SCHEMA);
    expect(second).not.toContain('first generation');
    await ingest(stored.slice(0, 30));
    await project(accountsView);

    const back = await rollbackProjection(db, accountsView, ann);
    expect(back).toMatchObject({
      kind: 'rollback',
      status: 'swapped',
      startPosition: 20,
      position: 30,
    });
    expect(await owners(LIVE_SCHEMA)).toContain('first generation');
    expect(await owners(ARCHIVE_SCHEMA)).not.toContain('first generation');
    expect(await sql`SELECT sum(version)::int AS events FROM accounts`).toEqual([{ events: 30 }]);
    await ingest(stored);
    await project(accountsView);

    await rollbackProjection(db, accountsView, ann);
    expect(await owners(LIVE_SCHEMA)).not.toContain('first generation');
    expect(await sql`SELECT sum(version)::int AS events FROM accounts`).toEqual([
      { events: events.length },
    ]);
  });

  it('needs the code of that time', async () => {
    await ingest(stored);
    await project(accountsView);
    const next: PostgresView = { ...accountsView, version: 2 };
    start([next]);
    await rebuild(next);
    await swapRebuild(db, next, ann);
    await expect(rollbackProjection(db, next, ann)).rejects.toThrow(
      'is of version 1, and only that version of the code',
    );
    expect(await tablesIn(ARCHIVE_SCHEMA)).toEqual(tableNamesOf(accountsView).sort());
    await running.pop()?.stop();
    await rollbackProjection(db, accountsView, ann);
    expect(await loadCheckpoint(db, accountsView)).toMatchObject({ version: 1 });
  });

  it('that cannot be completed leaves what serves and what was before as they are', async () => {
    await ingest(stored.slice(0, 20));
    await project(accountsView);
    start();
    await rebuild(accountsView);
    await swapRebuild(db, accountsView, ann);
    await running.pop()?.stop();
    await ingest(stored);
    await project(accountsView);
    const broken: typeof accountsView = {
      ...accountsView,
      fold: (held, batch, id) => {
        if (batch.some(({ eventId }) => eventId === stored[24]?.eventId)) {
          throw new Error('The handler has a bug.');
        }
        return accountsView.fold(held, batch, id);
      },
    };
    await expect(rollbackProjection(db, broken, ann)).rejects.toThrow(
      'stopped at position 25, event',
    );
    await discardRebuild(db, accountsView, ann);
    expect(await sql`SELECT sum(version)::int AS events FROM playhead_archive.accounts`).toEqual([
      { events: 24 },
    ]);
    await rollbackProjection(db, accountsView, ann);
    expect(await sql`SELECT sum(version)::int AS events FROM accounts`).toEqual([
      { events: events.length },
    ]);
  });
});

it('lists rebuilds of one projection or of all', async () => {
  await requestRebuild(db, accountsView, ann);
  await requestRebuild(db, transactionsView, ann);
  expect((await getRebuilds(db)).map(({ projection }) => projection)).toEqual([
    'transactions',
    'accounts',
  ]);
  expect(await getRebuilds(db, { projection: 'accounts' })).toMatchObject([
    { projection: 'accounts', status: 'running', requestedBy: 'ann', worker: null, error: null },
  ]);
});
