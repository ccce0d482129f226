import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordHotAction } from '#server/runtime/dead-letters/hot-actions.ts';
import { operations } from '#server/runtime/operations/operations-table.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { recordOperatorAction } from '#server/runtime/views/record-operator-action.ts';
import { createTestDynamo, createTestPostgres } from '#server/testing/engines.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { walkPages } from '#server/testing/walk-pages.ts';
import { auditQuerySchema, getAudit } from './audit.ts';

const [dynamo, postgres] = await Promise.all([createTestDynamo(), createTestPostgres()]);
const { db } = postgres;
const olga = { actor: 'olga', reason: 'Ticket 7' };
const ACTIONS = 12;

beforeAll(async () => {
  for (let index = 0; index < ACTIONS; index += 1) {
    await recordOperatorAction(db, olga, 'pause', 'accounts', { position: index });
    await recordHotAction(dynamo, olga, 'rebuild', 'account-balances', { written: index });
    await db.insert(operations).values({
      id: randomUUID(),
      kind: 'swap-rebuild',
      subject: 'accounts',
      input: { projection: 'accounts' },
      reason: 'Ticket 8',
      requestedBy: 'olga',
      status: index % 2 === 0 ? 'failed' : 'done',
      error: { code: 'REBUILD_REFUSED', message: 'It is not ready.' },
    });
  }
});

afterAll(async () => {
  await postgres.close();
  dynamo.close();
});

const ask = (params: object, source = db) =>
  getAudit({ db: source, dynamo, registry: TEST_REGISTRY }, auditQuerySchema.parse(params));

const walk = (params: object, limit: number) =>
  walkPages((cursor) => ask({ ...params, limit, ...(cursor && { cursor }) }));

it('has actions on both databases, and requests that came to nothing', async () => {
  const { items, problems } = await ask({ limit: 200 });
  expect(problems).toEqual([]);
  const count = (action: string) => items.filter((entry) => entry.action === action).length;
  expect([count('pause'), count('rebuild'), count('swap-rebuild')]).toEqual([12, 12, 6]);
  expect(items.find(({ action }) => action === 'swap-rebuild')).toMatchObject({
    actor: 'olga',
    reason: 'Ticket 8',
    status: 'failed',
    effect: { input: { projection: 'accounts' }, error: { code: 'REBUILD_REFUSED' } },
  });
});

it.each([1, 2, 7])(
  'is the same in pages of %i, there and back, newest first, each entry once',
  async (limit) => {
    const { items } = await ask({ limit: 200 });
    expect(await walk({}, limit)).toEqual({ forwards: items, backwards: items });
    expect(new Set(items.map(({ id }) => id)).size).toBe(30);
    expect(items.map(({ at }) => at)).toEqual(
      items
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );
  },
);

it('is narrowed to what was done to one thing', async () => {
  const { forwards, backwards } = await walk({ subject: 'account-balances' }, 5);
  expect(backwards).toEqual(forwards);
  expect([...new Set(forwards.map(({ subject }) => subject))]).toEqual(['account-balances']);
});

it('shows the one half, and says so, while the other database is down', async () => {
  const url = new URL(postgres.url);
  url.port = '1';
  const down = createPostgres({ DATABASE_URL: url.href }, { application: 'test', max: 1 });
  try {
    const { items, problems } = await ask({}, down.db);
    expect(items).toHaveLength(12);
    expect(problems).toEqual([expect.stringContaining('ECONNREFUSED')]);
  } finally {
    await down.close();
  }
});

it.each([
  ['operator_actions', 'at', sql`(actor, action, subject) SELECT 'a', 'b', 'c'`],
  [
    'operations',
    'requested_at',
    sql`(id, kind, subject, input, requested_by) SELECT number::text, 'b', 'c', '{}', 'a'`,
  ],
])('reads the newest of %s by an index, however many there are', async (table, at, values) => {
  const name = sql.identifier(table);
  await db.execute(sql`INSERT INTO ${name} ${values} FROM generate_series(1, 5000) AS number`);
  await db.execute(sql`ANALYZE ${name}`);
  const plan = await db.execute(
    sql`EXPLAIN SELECT * FROM ${name} ORDER BY ${sql.identifier(at)} DESC, id DESC LIMIT 50`,
  );
  expect(JSON.stringify(plan)).toContain(`${table}_newest`);
});

it('refuses a cursor that it did not write', async () => {
  await expect(ask({ cursor: 'forged' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});
