import { afterAll, expect, it, vi } from 'vitest';
import { parseEnv } from '#server/runtime/platform/env.ts';
import {
  createTestDynamo,
  createTestPostgres,
  getTestDynamoEndpoint,
} from '#server/testing/engines.ts';
import { measureQueriesAtScale } from './queries-at-scale.ts';

const [dynamo, postgres] = await Promise.all([createTestDynamo(), createTestPostgres()]);
const env = parseEnv({
  DYNAMODB_ENDPOINT: getTestDynamoEndpoint(),
  DATABASE_URL: postgres.url,
  TABLE_PREFIX: dynamo.tables.events.replace(/events$/, ''),
});

afterAll(async () => {
  vi.restoreAllMocks();
  await postgres.close();
  dynamo.close();
});

it('fills a bank, asks every question of it while events come in, and counts what it holds', async () => {
  const { sql } = postgres;
  const countIndexes = sql`SELECT count(*)::int AS count FROM pg_indexes WHERE schemaname = 'playhead'`;
  const [before] = await countIndexes;
  vi.spyOn(console, 'log').mockImplementation(() => {});
  const size = { events: 4_000, accounts: 400, rounds: 1, times: 2 };
  const result = await measureQueriesAtScale({ env }, size);
  expect(result.limits.map(({ label }) => label)).toEqual(['p95', 'payload search p95']);
  expect(result.figures.every(({ median }) => median > 0)).toBe(true);
  const [row] = await sql`
    SELECT (SELECT count(*) FROM journal) = (SELECT sum(events) FROM journal_counts) AS is_journal_counted,
      (SELECT count(*) FROM journal) > 4000 AS came_in,
      (SELECT sum(accounts) FROM account_totals)::int AS accounts,
      (SELECT sum(balance) FROM account_totals) = (SELECT sum(balance) FROM accounts) AS is_money_counted,
      (SELECT count(*)::int FROM account_directory) AS directory,
      (SELECT count(*)::int FROM pg_indexes WHERE schemaname = 'playhead') AS indexes`;
  expect(row).toEqual({
    is_journal_counted: true,
    came_in: true,
    accounts: 400,
    is_money_counted: true,
    directory: 400,
    indexes: before?.count,
  });
});
