import { afterAll, expect, it } from 'vitest';
import { createTestPostgres } from '#server/testing/engines.ts';
import { createSql } from '#server/testing/sql.ts';
import { migrate } from './migrate.ts';
import { createPostgres } from './postgres.ts';

const test = await createTestPostgres();
const url = new URL(test.url);
url.pathname = `${url.pathname}_bare`;
const name = url.pathname.slice(1);
await test.sql.unsafe(`CREATE DATABASE ${name} TEMPLATE template0`);
const processes = [1, 2, 3].map(() =>
  createPostgres({ DATABASE_URL: url.href }, { application: 'test', max: 1 }),
);

afterAll(async () => {
  await Promise.all(processes.map(({ close }) => close()));
  await test.sql.unsafe(`DROP DATABASE ${name} WITH (FORCE)`);
  await test.close();
});

it('lets several processes migrate at once, and again', async () => {
  await Promise.all(processes.map(({ db }) => migrate(db)));
  for (const { db } of processes) {
    const sql = createSql(db.$client);
    await migrate(db);
    expect(await sql`SELECT count(*)::int AS applied FROM drizzle.__drizzle_migrations`).toEqual([
      { applied: 1 },
    ]);
    expect(await sql`SELECT count(*)::int AS events FROM journal`).toEqual([{ events: 0 }]);
  }
});
