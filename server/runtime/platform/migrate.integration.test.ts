import { readFile } from 'node:fs/promises';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestPostgres } from '#server/testing/engines.ts';
import { openSql } from '#server/testing/sql.ts';
import { migrate } from './migrate.ts';
import { createPostgres } from './postgres.ts';
import { readMigrations } from './read-migrations.ts';

const test = await createTestPostgres();
const url = new URL(test.url);
url.pathname = `${url.pathname}_bare`;
const name = url.pathname.slice(1);
const opened: { close: () => Promise<void> }[] = [];
const migrations = await readMigrations();

/** Another process, as a role of its own when one is named. */
function open(role?: string) {
  const target = new URL(url);
  if (role !== undefined) {
    target.username = role;
    target.password = 'secret';
  }
  const postgres = createPostgres({ DATABASE_URL: target.href }, { application: 'test', max: 2 });
  const sql = openSql(target.href, { max: 2 });
  opened.push(postgres, { close: () => sql.end({ timeout: 5 }) });
  return { db: postgres.db, sql };
}

async function closeAll() {
  await Promise.all(opened.splice(0).map(({ close }) => close()));
}

beforeEach(async () => {
  await closeAll();
  await test.sql.unsafe(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await test.sql.unsafe(`CREATE DATABASE ${name} TEMPLATE template0`);
});

afterAll(async () => {
  await closeAll();
  await test.sql.unsafe(`DROP DATABASE ${name} WITH (FORCE)`);
  await test.sql.unsafe(`DROP ROLE IF EXISTS ${name}_user`);
  await test.close();
});

const tablesIn = async ({ sql }: ReturnType<typeof open>, schema: string) =>
  (
    await sql`SELECT tablename FROM pg_tables WHERE schemaname = ${schema} ORDER BY tablename COLLATE "C"`
  ).map(({ tablename }) => tablename);

/** A database as the version of the first migration left it. */
async function installFirstVersion({ sql }: ReturnType<typeof open>) {
  const text = await readFile(
    new URL('../../migrations/0000_initial.sql', import.meta.url),
    'utf8',
  );
  await sql.unsafe(text.replaceAll('--> statement-breakpoint', ''));
  await sql.unsafe('CREATE SCHEMA drizzle');
  await sql.unsafe(`CREATE TABLE drizzle.__drizzle_migrations
    (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint)`);
  await sql`INSERT INTO drizzle.__drizzle_migrations (hash, created_at)
    VALUES (${migrations[0]?.hash ?? null}, 1795236105162), ('of another program', 1)`;
}

it('lets several processes migrate at once, and again', async () => {
  const processes = [1, 2, 3].map(() => open());
  await Promise.all(processes.map(({ db }) => migrate(db)));
  for (const { db, sql } of processes) {
    await migrate(db);
    expect(
      await sql`SELECT tag FROM playhead.playhead_migrations ORDER BY tag COLLATE "C"`,
    ).toEqual(migrations.map(({ tag }) => ({ tag })));
    expect(await sql`SELECT count(*)::int AS events FROM playhead.journal`).toEqual([
      { events: 0 },
    ]);
  }
});

it.each([
  ['a wrong password', (target: URL) => Object.assign(target, { password: 'wrong' })],
  ['a database that is not there', (target: URL) => Object.assign(target, { pathname: '/none' })],
])('says what to look at after %s', async (_, spoil) => {
  const target = spoil(new URL(url));
  const postgres = createPostgres({ DATABASE_URL: target.href }, { application: 'test', max: 1 });
  opened.push(postgres);
  await expect(migrate(postgres.db)).rejects.toMatchObject({
    code: 'NOT_CONFIGURED',
    message: expect.stringMatching(/^PostgreSQL does not let Playhead in .*Check DATABASE_URL/),
  });
});

it("leaves another program's tables and its Drizzle migrations alone", async () => {
  const one = open();
  await one.sql.unsafe(`CREATE TABLE public.accounts (id int); CREATE TABLE public.journal (id int);
    INSERT INTO public.accounts VALUES (7); CREATE SCHEMA drizzle;
    CREATE TABLE drizzle.__drizzle_migrations (id serial, hash text, created_at bigint);
    INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('theirs', 4102444800000)`);
  await migrate(one.db);
  expect(await one.sql`SELECT id FROM public.accounts`).toEqual([{ id: 7 }]);
  expect(await tablesIn(one, 'public')).toEqual(['accounts', 'journal']);
  expect(await one.sql`SELECT hash FROM drizzle.__drizzle_migrations`).toEqual([
    { hash: 'theirs' },
  ]);
  expect(await tablesIn(one, 'playhead')).toContain('accounts');
});

describe('an instance that has its tables in public', () => {
  it('is moved with its rows, its sequences and the generations of its rebuilds', async () => {
    const old = open();
    await installFirstVersion(old);
    await old.sql.unsafe(`
      INSERT INTO journal_head VALUES (0, 41);
      INSERT INTO operator_actions (actor, action, subject) VALUES ('ann', 'pause', 'accounts');
      INSERT INTO rebuilds (projection, kind, status, from_version, version, start_position,
        position, target, estimate, requested_by, previous_version, previous_position) VALUES
        ('accounts', 'rebuild', 'running', 1, 1, 0, 0, 41, '{}', 'ann', NULL, NULL),
        ('daily-balances', 'rebuild', 'swapped', 1, 1, 0, 41, 41, '{}', 'ann', 1, 41);
      CREATE SCHEMA shadow_accounts; CREATE SCHEMA previous_daily_balances; CREATE SCHEMA shadow_mine;
      CREATE TABLE shadow_accounts.accounts (LIKE accounts INCLUDING ALL);
      CREATE TABLE previous_daily_balances.daily_balances (LIKE daily_balances INCLUDING ALL);
      CREATE TABLE shadow_mine.accounts (id int); CREATE TABLE public.theirs (id int)`);
    await Promise.all([migrate(open().db), migrate(open().db)]);
    await migrate(old.db);
    expect(await tablesIn(old, 'public')).toEqual(['theirs']);
    expect(await tablesIn(old, 'shadow_mine')).toEqual(['accounts']);
    expect(await tablesIn(old, 'playhead_candidate')).toEqual([
      'account_directory',
      'account_totals',
      'accounts',
    ]);
    await old.sql.unsafe(`INSERT INTO playhead_candidate.accounts VALUES
      ('A', 'A', 'Dvořák', 'EUR', 0, 5, 'open', now(), NULL, now(), 1)`);
    expect(await old.sql`SELECT words FROM playhead_candidate.account_directory`).toEqual([
      { words: ' dvorak\n a' },
    ]);
    expect(await old.sql`SELECT balance::int FROM playhead_candidate.account_totals`).toEqual([
      { balance: 5 },
    ]);
    expect(await tablesIn(old, 'playhead_archive')).toEqual(['daily_balances']);
    expect(
      await old.sql`SELECT nspname FROM pg_namespace WHERE nspname ~ '^(shadow|previous)_' ORDER BY 1`,
    ).toEqual([{ nspname: 'shadow_mine' }]);
    expect(await old.sql`SELECT hash FROM drizzle.__drizzle_migrations`).toEqual([
      { hash: 'of another program' },
    ]);
    expect(await old.sql`SELECT position::int FROM playhead.journal_head`).toEqual([
      { position: 41 },
    ]);
    await old.sql`INSERT INTO playhead.operator_actions (actor, action, subject)
      VALUES ('bob', 'resume', 'accounts')`;
    expect(await old.sql`SELECT id::int FROM playhead.operator_actions ORDER BY id`).toEqual([
      { id: 1 },
      { id: 2 },
    ]);
    expect(
      await old.sql`SELECT DISTINCT table_schema, collation_name FROM information_schema.columns
        WHERE column_name = 'account_id' AND table_schema LIKE 'playhead%' ORDER BY 1`,
    ).toEqual(
      ['playhead', 'playhead_archive', 'playhead_candidate'].map((table_schema) => ({
        table_schema,
        collation_name: 'C',
      })),
    );
  });

  it('is not touched when a table of it is missing', async () => {
    const old = open();
    await installFirstVersion(old);
    await old.sql`DROP TABLE accounts`;
    const before = await tablesIn(old, 'public');
    await expect(migrate(old.db)).rejects.toMatchObject({
      code: 'SCHEMA_INCOMPLETE',
      message: expect.stringContaining('these are missing: accounts.'),
    });
    expect(await tablesIn(old, 'public')).toEqual(before);
    expect(await tablesIn(old, 'playhead')).toEqual([]);
  });

  it('begins anew when all its tables were dropped', async () => {
    const old = open();
    await installFirstVersion(old);
    await old.sql.unsafe('DROP SCHEMA public CASCADE');
    await migrate(old.db);
    expect(await tablesIn(old, 'playhead')).toContain('journal');
  });
});

describe('says what is in the way', () => {
  it('when a table is gone although its migration was applied', async () => {
    const one = open();
    await migrate(one.db);
    await one.sql`DROP TABLE playhead.account_months`;
    await one.sql`ALTER TABLE playhead.accounts DROP COLUMN number`;
    await expect(migrate(one.db)).rejects.toMatchObject({
      code: 'SCHEMA_INCOMPLETE',
      message: expect.stringContaining('lacks account_months, accounts.number,'),
    });
  });

  it("when one of the schemas is another program's", async () => {
    const one = open();
    await one.sql.unsafe(
      'CREATE SCHEMA playhead_archive; CREATE TABLE playhead_archive.x (id int)',
    );
    await expect(migrate(one.db)).rejects.toMatchObject({
      code: 'SCHEMA_INCOMPLETE',
      message: expect.stringContaining('playhead_archive.x is not Playhead'),
    });
    expect(await tablesIn(one, 'playhead_archive')).toEqual(['x']);
  });

  it('without the right to create a schema, and goes on where an administrator made them', async () => {
    const admin = open();
    const role = `${name}_user`;
    await admin.sql.unsafe(`CREATE ROLE ${role} LOGIN PASSWORD 'secret'`);
    await admin.sql.unsafe(`ALTER ROLE ${role} SET search_path = nowhere`);
    const poor = open(role);
    const refusal = await migrate(poor.db).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'NOT_CONFIGURED' });
    const statements = /run there: (.*;)/.exec(String(refusal))?.[1] ?? '';
    expect(statements).toContain(`CREATE SCHEMA playhead AUTHORIZATION ${role};`);
    await admin.sql.unsafe(statements);
    await migrate(poor.db);
    expect(await tablesIn(poor, 'playhead')).toContain('journal');
  });

  it('when another session holds the lock, or a table', async () => {
    const [one, two] = [open(), open()];
    await migrate(one.db);
    await one.sql`DELETE FROM playhead.playhead_migrations WHERE tag = ${migrations[1]?.tag ?? null}`;
    const holding = ['SELECT pg_advisory_lock(7529423301)', 'LOCK TABLE playhead.accounts'];
    for (const statement of holding) {
      await two.db.transaction(async (tx) => {
        await tx.execute(statement);
        await expect(migrate(one.db, { lockTimeoutMs: 100 })).rejects.toMatchObject({
          code: 'MIGRATION_FAILED',
          message: expect.stringContaining('another session is migrating, or uses the tables'),
        });
        await tx.execute('SELECT pg_advisory_unlock_all()');
      });
    }
    await migrate(one.db);
  });
});
