import { sql } from 'drizzle-orm';
import { afterAll, expect, it } from 'vitest';
import { createTestPostgres } from '#server/testing/engines.ts';
import { CERTIFICATE_FILE, createTlsProxy } from '#server/testing/tls-proxy.ts';
import { createPostgres, type Postgres, type PostgresOptions } from './postgres.ts';
import { rootCause } from './postgres-errors.ts';

const test = await createTestPostgres();
const tls = await createTlsProxy(test.url);
const opened: Postgres[] = [];
const TIMEOUT = { timeout: 20_000, interval: 20 };

afterAll(async () => {
  await Promise.all(opened.map(({ close }) => close()));
  tls.close();
  await test.close();
});

function open(options: Partial<PostgresOptions>, url = test.url): Postgres {
  const postgres = createPostgres(
    { DATABASE_URL: url },
    { application: 'pool-test', max: 1, ...options },
  );
  opened.push(postgres);
  return postgres;
}

const failureOf = (work: Promise<unknown>) => work.then(() => 'none', rootCause);
const pidOf = async ({ db }: Postgres) =>
  (await db.execute<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`))[0]?.pid;
const countActive = async (application: string) =>
  (
    await test.sql`
      SELECT pid FROM pg_stat_activity
      WHERE application_name = ${application} AND state = 'active'
    `
  ).length;

it('gives up a statement when its signal says so, and PostgreSQL ends it', async () => {
  const postgres = open({
    application: 'given-up',
    settings: { client_connection_check_interval: 50 },
  });
  const stop = new AbortController();
  const asleep = failureOf(
    postgres.abortable(stop.signal).execute(sql`SELECT pg_sleep(${600}::int)`),
  );
  await expect.poll(() => countActive('given-up'), TIMEOUT).toBe(1);
  const waiting = failureOf(postgres.abortable(stop.signal).execute(sql`SELECT 1`));
  stop.abort();
  expect(await asleep).toMatchObject({ name: 'AbortError' });
  expect(await waiting).toMatchObject({ name: 'AbortError' });
  await expect.poll(() => countActive('given-up'), TIMEOUT).toBe(0);
  expect(await postgres.db.execute(sql`SELECT 1`)).toHaveLength(1);
});

it('holds a pool’s settings for its statements and transactions, and for no session', async () => {
  const postgres = open({ settings: { statement_timeout: '50ms' } });
  const sleep = sql`SELECT pg_sleep(${600}::int)`;
  expect(await failureOf(postgres.db.execute(sleep))).toMatchObject({ code: '57014' });
  const transaction = postgres.db.transaction((tx) => tx.execute(sleep));
  expect(await failureOf(transaction)).toMatchObject({ code: '57014' });
  const [row] = await postgres.db.execute(
    sql`SELECT reset_val, setting, current_setting('idle_in_transaction_session_timeout') AS idle
        FROM pg_settings WHERE name = 'statement_timeout'`,
  );
  expect(row).toEqual({ reset_val: '0', setting: '50', idle: '1min' });
});

it('does not wait for ever while all connections are in use', async () => {
  const postgres = open({});
  let release = () => {};
  const held = postgres.db.transaction(
    () =>
      new Promise<void>((resolve) => {
        release = resolve;
      }),
  );
  const late = failureOf(postgres.db.execute(sql`SELECT 1`));
  expect(await late).toMatchObject({ code: 'NO_FREE_CONNECTION' });
  const next = postgres.db.execute(sql`SELECT 1`);
  release();
  await held;
  expect(await next).toHaveLength(1);
}, 30_000);

it('takes on no more than its limits, and says so at once', async () => {
  const limits = { mostWaiting: 1, waitMs: 1_000, workMs: 600_000 };
  const postgres = open({ limits });
  let release = () => {};
  let held: Promise<void> | undefined;
  await new Promise<void>((begin) => {
    held = postgres.db.transaction(async () => {
      begin();
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    });
  });
  const waiting = failureOf(postgres.db.execute(sql`SELECT 1`));
  expect(await failureOf(postgres.db.execute(sql`SELECT 1`))).toMatchObject({ code: 'POOL_FULL' });
  expect(await waiting).toMatchObject({ code: 'POOL_FULL' });
  const stop = new AbortController();
  const givenUp = failureOf(postgres.abortable(stop.signal).execute(sql`SELECT 1`));
  stop.abort();
  expect(await givenUp).toMatchObject({ name: 'AbortError' });
  const next = postgres.db.execute(sql`SELECT 1`);
  release();
  await held;
  expect(await next).toHaveLength(1);
});

it('gives up a connection on which the work takes longer than its limit', async () => {
  const limits = { mostWaiting: 0, waitMs: 100, workMs: 1_000 };
  const postgres = open({ limits });
  const asleep = failureOf(postgres.db.execute(sql`SELECT pg_sleep(${600}::int)`));
  expect(await asleep).toMatchObject({ code: 'WORK_TIMED_OUT' });
  expect(await postgres.db.execute(sql`SELECT 1`)).toHaveLength(1);
});

it('calls a transaction in which a statement failed rolled back, whoever caught it', async () => {
  const { db } = open({});
  const transaction = db.transaction(async (tx) => {
    await tx.execute(sql`SELECT 1 / 0`).catch(() => {});
  });
  expect(await failureOf(transaction)).toMatchObject({
    message: expect.stringContaining('rolled back'),
  });
  const nested = db.transaction(async (tx) => {
    await tx.transaction((inner) => inner.execute(sql`SELECT 1 / 0`)).catch(() => {});
    return tx.execute(sql`SELECT 1 AS one`);
  });
  expect([...(await nested)]).toEqual([{ one: 1 }]);
});

it('refuses a statement after the end of its transaction', async () => {
  const { db } = open({});
  const kept = await db.transaction(async (tx) => tx);
  expect(await failureOf(kept.execute(sql`SELECT 1`))).toMatchObject({
    message: expect.stringContaining('after the end of its transaction'),
  });
});

it('keeps a connection until 200 different statements are prepared on it', async () => {
  const postgres = open({});
  const first = await pidOf(postgres);
  for (let n = 1; n < 200; n += 1) {
    await postgres.db.execute(sql`SELECT ${n}::int AS ${sql.identifier(`n${n % 150}`)}`);
  }
  expect(await pidOf(postgres)).toBe(first);
  for (let n = 0; n < 100; n += 1) {
    await postgres.db.execute(sql`SELECT ${n}::int AS ${sql.identifier(`m${n}`)}`);
  }
  expect(await pidOf(postgres)).not.toBe(first);
});

it('speaks TLS with a server whose certificate it was told of, and with no other', async () => {
  const answer = (parameters: string) =>
    failureOf(open({}, `${tls.url}?${parameters}`).db.execute(sql`SELECT 1`));
  expect(await answer(`sslmode=verify-full&sslrootcert=${CERTIFICATE_FILE}`)).toBe('none');
  expect(await answer('sslmode=no-verify')).toBe('none');
  expect(await answer('sslmode=require')).toMatchObject({
    code: 'CONNECTION_LOST',
    message: expect.stringContaining('self-signed certificate'),
  });
  const inTheClear = open({}, `${test.url}?sslmode=no-verify`);
  expect(await failureOf(inTheClear.db.execute(sql`SELECT 1`))).toMatchObject({
    message: expect.stringContaining('does not accept TLS'),
  });
});
