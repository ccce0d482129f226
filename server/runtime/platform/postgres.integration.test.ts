import { sql } from 'drizzle-orm';
import { afterAll, afterEach, expect, it } from 'vitest';
import { createTestPostgres } from '#server/testing/engines.ts';
import { createTcpProxy } from '#server/testing/tcp-proxy.ts';
import { createPostgres } from './postgres.ts';
import { classifyPostgresError } from './postgres-errors.ts';

const test = await createTestPostgres();
const proxy = await createTcpProxy(test.url);
const application = 'breaks';
const { db, close } = createPostgres({ DATABASE_URL: proxy.url }, { application, max: 1 });

afterEach(proxy.restore);
afterAll(async () => {
  await close();
  await proxy.close();
  await test.close();
});

const failureOf = (work: Promise<unknown>) => work.then(() => 'none', classifyPostgresError);
const answers = async () => expect(await db.execute(sql`SELECT 1 AS one`)).toHaveLength(1);
/** PostgreSQL does not notice that nobody listens to a sleeping session any more. */
const countAsleep = async () =>
  (
    await test.sql`
      SELECT pid FROM pg_stat_activity
      WHERE application_name = ${application} AND wait_event = 'PgSleep'
    `
  ).length;

it('works again after its only connection broke in the middle of a transaction', async () => {
  for (let time = 0; time < 5; time += 1) {
    const transaction = db.transaction(async (tx) => {
      const first = failureOf(tx.execute(sql`SELECT pg_sleep(60)`));
      await expect.poll(countAsleep, { timeout: 10_000 }).toBe(time + 1);
      proxy.cut();
      const second = failureOf(tx.execute(sql`SELECT 2`));
      expect([await first, await second]).toEqual(['transient', 'transient']);
      await tx.execute(sql`SELECT 3`);
    });
    expect(await failureOf(transaction)).toBe('transient');
    proxy.restore();
    await answers();
  }
});

it('works again after a transaction could not begin', async () => {
  for (let time = 0; time < 5; time += 1) {
    await answers();
    proxy.cut();
    expect(await failureOf(db.transaction(async () => {}))).toBe('transient');
    proxy.restore();
    await answers();
  }
});

it('works again after PostgreSQL ended the session of a transaction', async () => {
  const transaction = db.transaction(async (tx) => {
    const rows = await tx.execute<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`);
    await test.sql`SELECT pg_terminate_backend(${rows[0]?.pid ?? null}, 10000)`;
    await tx.execute(sql`SELECT 2`);
  });
  expect(await failureOf(transaction)).toBe('transient');
  await answers();
});

it('gives up a connection on which nothing is said any more', async () => {
  const impatient = createPostgres(
    { DATABASE_URL: proxy.url },
    { application: 'impatient', max: 1, timeoutMs: 200 },
  );
  for (const begin of [
    () => impatient.db.execute(sql`SELECT 2`),
    () => impatient.db.transaction((tx) => tx.execute(sql`SELECT 2`)),
  ]) {
    await impatient.db.execute(sql`SELECT 1`);
    proxy.freeze();
    expect(await failureOf(begin())).toBe('transient');
    proxy.restore();
    expect(await impatient.db.execute(sql`SELECT 1 AS one`)).toHaveLength(1);
  }
  await impatient.close();
});
