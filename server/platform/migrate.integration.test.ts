import postgres from 'postgres';
import { afterAll, expect, it } from 'vitest';
import { createTestPostgres } from '#server/testing/engines.ts';
import { migrate } from './migrate.ts';
import { createPostgres } from './postgres.ts';

const test = await createTestPostgres();
const url = new URL(test.url);
url.pathname = `${url.pathname}_bare`;
const admin = postgres(test.url, { max: 1 });
const name = url.pathname.slice(1);
await admin`CREATE DATABASE ${admin(name)} TEMPLATE template0`;
const processes = [1, 2, 3].map(() =>
  createPostgres({ DATABASE_URL: url.href }, { application: 'test', max: 1 }),
);

afterAll(async () => {
  await Promise.all(processes.map(({ close }) => close()));
  await admin`DROP DATABASE ${admin(name)} WITH (FORCE)`;
  await admin.end();
  await test.close();
});

it('lets several processes migrate at once, and again', async () => {
  await Promise.all(processes.map(({ db }) => migrate(db)));
  for (const { db, sql } of processes) {
    await migrate(db);
    expect(await sql`SELECT count(*)::int AS applied FROM drizzle.__drizzle_migrations`).toEqual([
      { applied: 1 },
    ]);
    expect(await sql`SELECT count(*)::int AS events FROM journal`).toEqual([{ events: 0 }]);
  }
});
