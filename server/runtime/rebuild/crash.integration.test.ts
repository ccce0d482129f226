import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { fillJournal } from '#server/bench/synthetic-journal.ts';
import { accountsView } from '#server/modules/bank/views/accounts/accounts-view.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { loadCheckpoint } from '#server/runtime/views/checkpoint.ts';
import { applyNext } from '#server/testing/apply-next.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { createTcpProxy } from '#server/testing/tcp-proxy.ts';
import { diffRebuild } from './diff-rebuild.ts';
import { discardRebuild } from './end-rebuild.ts';
import { getRebuild } from './get-rebuilds.ts';
import { createRebuildRunner } from './rebuild-runner.ts';
import { requestRebuild } from './request-rebuild.ts';

const EVENTS = 200_000;
const PROCESS = fileURLToPath(new URL('../../testing/rebuild-process.ts', import.meta.url));
const TIMEOUT = { timeout: 60_000, interval: 20 };

const postgres = await createTestPostgres();
const { db, sql } = postgres;
const logger = createLogger({ LOG_LEVEL: 'silent' }, 'test');
const ann = { actor: 'ann' };

await fillJournal(db, { events: EVENTS, accounts: 500 });
for (let position = 0; position < EVENTS; ) {
  const checkpoint = await loadCheckpoint(db, accountsView);
  const moved = await applyNext(db, accountsView, checkpoint, 20_000);
  position = moved === 'moved' ? position : moved;
}

afterAll(() => postgres.close());

const positionOf = async (id: number) => (await getRebuild(db, id)).position;

async function expectRight(id: number) {
  await expect.poll(async () => (await getRebuild(db, id)).status, TIMEOUT).toBe('ready');
  expect(await diffRebuild(db, accountsView)).toMatchObject({
    position: EVENTS,
    tables: [{ rowsInOld: 500, rowsInNew: 500, onlyInOld: 0, onlyInNew: 0, differing: 0 }],
  });
}

it('goes on from its checkpoint after a kill -9', async () => {
  const { id } = await requestRebuild(db, accountsView, ann);
  const environment = { ...process.env, DATABASE_URL: postgres.url, LOG_LEVEL: 'silent' };
  const victim = spawn(process.execPath, ['--import', 'tsx', PROCESS], {
    env: environment,
    stdio: 'inherit',
  });
  await expect.poll(() => positionOf(id), TIMEOUT).toBeGreaterThan(0);
  victim.kill('SIGKILL');
  await once(victim, 'exit');
  // Backends notice within moments that nobody listens; what they had in hand is rolled back.
  await expect
    .poll(
      () => sql`SELECT FROM pg_stat_activity WHERE application_name = 'rebuild-process'`,
      TIMEOUT,
    )
    .toHaveLength(0);
  const reached = await positionOf(id);
  expect(reached).toBeLessThan(EVENTS);
  const rows = await sql`SELECT sum(version)::int AS events FROM playhead_candidate.accounts`;
  expect(rows).toEqual([{ events: reached }]);

  const pool = createPostgres({ DATABASE_URL: postgres.url }, { application: 'rebuild', max: 4 });
  const heir = createRebuildRunner({
    postgres: pool,
    projections: [accountsView],
    logger,
    workerId: randomUUID(),
  });
  await expectRight(id);
  await heir.stop();
  await pool.close();
  await discardRebuild(db, accountsView, ann);
});

it('waits while PostgreSQL is away, says so, and goes on', async () => {
  const proxy = await createTcpProxy(postgres.url);
  const pool = createPostgres({ DATABASE_URL: proxy.url }, { application: 'rebuild', max: 4 });
  const { id } = await requestRebuild(db, accountsView, ann);
  const runner = createRebuildRunner({
    postgres: pool,
    projections: [accountsView],
    logger,
    workerId: randomUUID(),
  });
  await expect.poll(() => positionOf(id), TIMEOUT).toBeGreaterThan(0);
  proxy.cut();
  await expect
    .poll(() => runner.status()[0]?.error, TIMEOUT)
    .toMatch(/ECONNRESET|Connection terminated/);
  proxy.restore();
  await expectRight(id);
  await expect.poll(() => runner.status()[0]?.error, TIMEOUT).toBeNull();
  await runner.stop();
  await pool.close();
  await proxy.close();
  await discardRebuild(db, accountsView, ann);
});

it('is shared by several workers without a row twice', async () => {
  const { id } = await requestRebuild(db, accountsView, ann);
  const workers = [1, 2, 3].map((n) => {
    const application = `rebuild-${n}`;
    const pool = createPostgres({ DATABASE_URL: postgres.url }, { application, max: 4 });
    const runner = createRebuildRunner({
      postgres: pool,
      projections: [accountsView],
      logger,
      workerId: application,
    });
    return { pool, runner };
  });
  await expect.poll(() => positionOf(id), TIMEOUT).toBeGreaterThan(0);
  const first = workers.find(({ runner }) => runner.status().length > 0);
  await first?.runner.stop();
  await expectRight(id);
  expect(workers.filter(({ runner }) => runner.status().length > 0)).toHaveLength(1);
  expect(first?.runner.status()).toEqual([]);
  for (const { runner, pool } of workers) {
    await runner.stop();
    await pool.close();
  }
});
