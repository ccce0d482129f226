import { asc, eq, gt, sql } from 'drizzle-orm';
import { date, doublePrecision, pgSchema, text, timestamp } from 'drizzle-orm/pg-core';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDebianPostgres, startDebianPostgres } from '#server/testing/debian-postgres.ts';
import { createPostgres, type Postgres } from './postgres.ts';

const binaries = await findDebianPostgres();

const things = pgSchema('things').table('dated', {
  name: text('name').primaryKey(),
  day: date('day', { mode: 'string' }).notNull(),
  at: timestamp('at', { withTimezone: true, precision: 3, mode: 'date' }).notNull(),
  share: doublePrecision('share').notNull(),
});

/** What administrators set for a role or a database. */
const HABITS = [
  ['DateStyle', 'SQL, DMY'],
  ['DateStyle', 'German'],
  ['DateStyle', 'Postgres, MDY'],
  ['TimeZone', 'America/New_York'],
  ['IntervalStyle', 'sql_standard'],
  ['extra_float_digits', '-10'],
  ['search_path', 'nowhere'],
  ['standard_conforming_strings', 'off'],
  ['default_transaction_isolation', 'serializable'],
  ['bytea_output', 'escape'],
] as const;

describe.skipIf(binaries === undefined)("another major version, with others' settings", () => {
  let server: Awaited<ReturnType<typeof startDebianPostgres>>;
  let admin: postgres.Sql;

  beforeAll(async () => {
    server = await startDebianPostgres(binaries ?? '');
    admin = postgres(server.url, { fetch_types: false, onnotice: () => {} });
    await admin.unsafe(`CREATE SCHEMA things;
      CREATE TABLE things.dated (name text PRIMARY KEY, day date NOT NULL,
        at timestamptz(3) NOT NULL, share double precision NOT NULL)`);
  });

  afterAll(async () => {
    await admin?.end();
    await server?.close();
  });

  async function inBothWays(check: (way: Postgres) => Promise<void>) {
    for (const url of [server.url, server.pooledUrl]) {
      const way = createPostgres({ DATABASE_URL: url }, { application: 'other', max: 6 });
      try {
        await check(way);
      } finally {
        await way.close();
      }
    }
  }

  it.each(HABITS)('%s %s changes no value that is written or read', async (name, value) => {
    await admin.unsafe(`ALTER ROLE admin SET ${name} = '${value}'`);
    // PgBouncer keeps sessions from before.
    await admin`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'`.catch(() => {});
    try {
      await inBothWays(async ({ db }) => {
        const row = {
          name: 'a\\b',
          day: '2026-02-03',
          at: new Date('2026-02-03T04:05:06.789Z'),
          share: 1_770_091_506_789.125,
        };
        await db.delete(things);
        await db.insert(things).values(row);
        const { share, ...exact } = row;
        const [outside] = await db.select().from(things);
        expect(outside).toMatchObject(exact);
        const inside = await db.transaction((tx) =>
          tx.select().from(things).where(eq(things.day, row.day)),
        );
        expect(inside).toEqual([row]);
        expect(await admin`SELECT to_char(day, 'YYYY-MM-DD') AS day FROM things.dated`).toEqual([
          { day: '2026-02-03' },
        ]);
        await db.transaction(async (tx) => {
          const { 0: found } = await tx.execute<{ level: string }>(
            sql`SELECT current_setting('transaction_isolation') AS level`,
          );
          expect(found?.level).toBe('read committed');
        });
      });
    } finally {
      await admin.unsafe(`ALTER ROLE admin RESET ${name}`);
    }
  });

  it('carries out statements in their order that a transaction sends together', async () => {
    await inBothWays(async ({ db }) => {
      await db.delete(things);
      const row = { name: 'together', day: '2026-01-01', at: new Date(0) };
      for (const share of [1, 2, 3]) {
        const [, found] = await db.transaction((tx) =>
          Promise.all([
            tx
              .insert(things)
              .values({ ...row, share })
              .onConflictDoUpdate({ target: things.name, set: { share } }),
            tx.select({ share: things.share }).from(things).where(eq(things.name, row.name)),
          ]),
        );
        expect(found).toEqual([{ share }]);
      }
      const failing = db.transaction((tx) =>
        Promise.all([
          tx.insert(things).values({ ...row, share: 4 }),
          tx.update(things).set({ share: 5 }).where(eq(things.name, row.name)),
        ]),
      );
      await expect(failing).rejects.toMatchObject({ cause: { code: '23505' } });
      expect(await db.select({ share: things.share }).from(things)).toEqual([{ share: 3 }]);
    });
  });

  it('keeps statements apart that go through few sessions', async () => {
    await inBothWays(async ({ db }) => {
      await db.delete(things);
      await Promise.all(
        Array.from({ length: 60 }, (_, n) =>
          db.transaction(async (tx) => {
            const name = `n${n}`;
            await tx.insert(things).values({ name, day: '2026-01-01', at: new Date(0), share: n });
            const [own] = await tx.select().from(things).where(eq(things.name, name));
            expect(own?.share).toBe(n);
          }),
        ),
      );
      const rows = await db
        .select({ name: things.name })
        .from(things)
        .where(gt(things.share, -1))
        .orderBy(asc(things.share));
      expect(rows).toHaveLength(60);
    });
  });
});
