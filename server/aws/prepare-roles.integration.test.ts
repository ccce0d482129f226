import { afterAll, expect, it } from 'vitest';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { prepareRoles } from './prepare-roles.ts';

const { db, sql, url, close } = await createTestPostgres();
// Roles are the server's: other suites must not meet these.
const name = `t'"${Math.random().toString(36).slice(2)}`;

afterAll(async () => {
  await sql`DROP ROLE ${sql(name)}`;
  await close();
});

async function logIn(password: string) {
  const target = new URL(url);
  target.username = encodeURIComponent(name);
  target.password = encodeURIComponent(password);
  const postgres = createPostgres({ DATABASE_URL: target.href }, { application: 'test', max: 1 });
  try {
    return [...(await postgres.db.execute('SELECT current_user AS name'))];
  } finally {
    await postgres.close();
  }
}

it('creates roles that may log in, and changes their passwords', async () => {
  for (const password of [`a'b\\c"%L`, 'another']) {
    await prepareRoles(db, [{ name, password }]);
    expect(await logIn(password)).toEqual([{ name }]);
  }
  const [row] = await sql`
    SELECT rolsuper OR rolcreaterole OR rolcreatedb AS may_much, pg_has_role(oid, 'MEMBER') AS ours
    FROM pg_roles WHERE rolname = ${name}
  `;
  expect(row).toEqual({ may_much: false, ours: true });
});
