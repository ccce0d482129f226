import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { GET as getAccount } from '#app/api/accounts/[accountId]/route.ts';
import { GET as getAccounts } from '#app/api/accounts/route.ts';
import { GET as getEvents } from '#app/api/events/route.ts';
import { GET as searchAll } from '#app/api/search/route.ts';
import { apiErrorSchema, eventsPageSchema, searchSchema } from '#lib/contracts/queries.ts';
import { accountAnswerSchema } from '#lib/modules/bank/queries.ts';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { getTestDynamoEndpoint } from '#server/testing/engines.ts';

// It throws outside of React's server environment.
vi.mock('server-only', () => ({}));

let bank: TestBank;
const TIMEOUT = { timeout: 10_000, interval: 20 };

beforeAll(async () => {
  bank = await createTestBank();
  await bank.run(openAccount, { number: 'A-1', owner: 'Ada', currency: 'EUR' });
  await bank.run(deposit, { accountId: 'A-1', amount: '7', currency: 'EUR' });
  await bank.settle();
  vi.stubEnv('DYNAMODB_ENDPOINT', getTestDynamoEndpoint());
  vi.stubEnv('DATABASE_URL', bank.postgres.url);
  vi.stubEnv('TABLE_PREFIX', bank.dynamo.tables.events.replace(/events$/, ''));
  vi.stubEnv('LOG_LEVEL', 'silent');
  vi.stubEnv('PLAYHEAD_SIGN_IN', 'off');
});

afterAll(() => bank.close());

/** Every search takes so long from now on, in PostgreSQL itself: it folds what is looked for. */
async function slowDownSearches(seconds: number): Promise<void> {
  await bank.postgres.sql.unsafe(`
    CREATE OR REPLACE FUNCTION playhead.fold_text(input text) RETURNS text LANGUAGE plpgsql
    IMMUTABLE STRICT AS $$ BEGIN PERFORM pg_sleep(${seconds}); RETURN lower(input); END $$`);
}

const ask = (path: string, signal?: AbortSignal) =>
  new Request(`http://127.0.0.1${path}`, signal ? { signal } : {});

const askForAccount = () =>
  getAccount(ask('/api/accounts/A-1'), { params: Promise.resolve({ accountId: 'A-1' }) });

/** The account by its id, as its page asks for it: how long each of some takes, one after another. */
async function timeAccount(times: number): Promise<number[]> {
  const took: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const start = performance.now();
    const response = await askForAccount();
    expect(response.status).toBe(200);
    const { account } = accountAnswerSchema.parse(await response.json());
    expect(account).toMatchObject({ accountId: 'A-1', balance: '700' });
    took.push(performance.now() - start);
  }
  return took;
}

const countSearching = async () =>
  (
    await bank.postgres.sql`
      SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()
        AND application_name LIKE 'playhead-web%' AND wait_event = 'PgSleep'
    `
  ).length;

describe('500 searches at once', () => {
  it.each([
    ['events', () => getEvents(ask('/api/events?q=salary'))],
    ['the palette', () => searchAll(ask('/api/search?q=salary'))],
    ['accounts', () => getAccounts(ask('/api/accounts?q=salary'))],
  ])('of %s leave an account’s page as quick as it was', async (_, search) => {
    await slowDownSearches(0.3);
    const searches = Array.from({ length: 500 }, search);
    const took = await timeAccount(50);
    expect(Math.max(...took)).toBeLessThan(1_000);
    const responses = await Promise.all(searches);
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200, 429]));
    const refused = responses.filter(({ status }) => status === 429);
    expect(refused.every(({ headers }) => headers.get('Retry-After') === '1')).toBe(true);
    expect(apiErrorSchema.parse(await refused[0]?.json()).error).toMatchObject({
      code: 'TOO_MANY_SEARCHES',
      message: expect.stringMatching(/^Too many searches/),
    });
  });

  it('are answered again as soon as they come one at a time', async () => {
    await slowDownSearches(0);
    const events = await getEvents(ask('/api/events?q=700'));
    expect(eventsPageSchema.parse(await events.json()).items).toHaveLength(1);
    const found = await searchAll(ask('/api/search?q=ada'));
    expect(searchSchema.parse(await found.json()).aggregates).toHaveLength(1);
  });
});

describe('100 searches that are given up', () => {
  it('leave no statement running, and the pool to the next one', async () => {
    await slowDownSearches(20);
    const searches = Array.from({ length: 100 }, () =>
      getEvents(ask('/api/events?q=salary', AbortSignal.timeout(400))),
    );
    await expect.poll(countSearching, TIMEOUT).toBeGreaterThan(0);
    const responses = await Promise.all(searches);
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([429, 499]));
    await expect.poll(countSearching, { timeout: 2_000, interval: 20 }).toBe(0);
    await slowDownSearches(0);
    expect((await getEvents(ask('/api/events?q=700'))).status).toBe(200);
    expect(Math.max(...(await timeAccount(10)))).toBeLessThan(1_000);
  });
});

it('ends a search that takes PostgreSQL too long, and says what to do', async () => {
  await slowDownSearches(60);
  const response = await getEvents(ask('/api/events?q=salary'));
  expect(response.status).toBe(504);
  expect(apiErrorSchema.parse(await response.json()).error).toMatchObject({
    code: 'QUERY_TIMED_OUT',
    message: expect.stringContaining('took too long'),
  });
  expect(await countSearching()).toBe(0);
});
