import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { fillJournal } from '#server/bench/synthetic-journal.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { TEST_CODEC } from '#server/testing/event-codec.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { createJournalReader } from './journal-reader.ts';
import { createProjector } from './projector.ts';

const EVENTS = 40_000;
const ACCOUNTS = 100;
const PROCESS = fileURLToPath(new URL('../../testing/projector-process.ts', import.meta.url));
const TIMEOUT = { timeout: 60_000, interval: 20 };

const postgres = await createTestPostgres();
const { sql } = postgres;
afterAll(() => postgres.close());

const claims = async () =>
  (await sql`SELECT claimed_by FROM projections WHERE claimed_until > clock_timestamp()`).map(
    (row) => row.claimed_by,
  );
const positions = async () =>
  (await sql`SELECT position::int FROM projections`).map((row) => row.position);

it('takes every projection over within five seconds of a kill -9, and nothing is doubled', async () => {
  await fillJournal(postgres.db, { events: EVENTS, accounts: ACCOUNTS });
  const victim = spawn(process.execPath, ['--import', 'tsx', PROCESS], {
    env: { ...process.env, DATABASE_URL: postgres.url, LOG_LEVEL: 'silent' },
    stdio: 'inherit',
  });
  onTestFinished(() => {
    victim.kill('SIGKILL');
  });
  // A row stands there before it is claimed; a position has moved only behind a claim.
  const begun = async () => (await positions()).filter((position) => position > 0);
  await expect.poll(begun, TIMEOUT).toHaveLength(TEST_REGISTRY.views.length);
  const heirs = TEST_REGISTRY.views.map((projection) =>
    createProjector({
      postgres,
      journal: createJournalReader(postgres.db, TEST_CODEC),
      projection,
      workerId: 'heir',
      logger: createLogger({ LOG_LEVEL: 'silent' }, 'test'),
    }),
  );
  victim.kill('SIGKILL');
  await once(victim, 'exit');
  const killedAt = performance.now();
  expect(await claims()).not.toContain('heir');
  expect(Math.max(...(await positions()))).toBeLessThan(EVENTS);

  await expect.poll(claims, TIMEOUT).toEqual(TEST_REGISTRY.views.map(() => 'heir'));
  expect(performance.now() - killedAt).toBeLessThan(5_000);
  await expect.poll(positions, TIMEOUT).toEqual(TEST_REGISTRY.views.map(() => EVENTS));
  const [held] = await sql`
    SELECT (SELECT sum(version)::int FROM accounts) AS events,
      (SELECT count(*)::int FROM transactions) AS transactions,
      (SELECT sum(movements)::int FROM daily_balances) AS movements,
      (SELECT sum(deposits + withdrawals + transfers_in + transfers_out)::int
        FROM account_summaries) AS counted,
      (SELECT count(*)::int FROM dead_letters) AS dead
  `;
  const moved = EVENTS - ACCOUNTS;
  expect(held).toEqual({
    events: EVENTS,
    transactions: moved,
    movements: moved,
    counted: moved,
    dead: 0,
  });
  await Promise.all(heirs.map((heir) => heir.stop()));
});
