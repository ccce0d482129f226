import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandItem, commandsPageSchema } from '#lib/contracts/command-history.ts';
import { closeAccount } from '#server/modules/bank/commands/close-account.ts';
import { deposit, withdraw } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { transfer } from '#server/modules/bank/commands/transfer.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { createDynamo } from '#server/runtime/platform/dynamo.ts';
import { parseQuery } from '#server/runtime/queries/parse-query.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { FULL_REGISTRY } from '#server/testing/registry.ts';
import { walkPages } from '#server/testing/walk-pages.ts';
import { commandsQuerySchema, getCommandsPage } from './commands-page.ts';

let bank: TestBank;

/** 3 openings; then four times a deposit, a withdrawal that is refused, and a transfer; then nothing. */
beforeAll(async () => {
  bank = await createTestBank();
  for (const number of ['A', 'B', 'C']) {
    await bank.run(openAccount, { number, owner: number, currency: 'EUR' }, 'importer');
  }
  await bank.ingest();
  for (let round = 0; round < 4; round += 1) {
    const money = { amount: '5', currency: 'EUR' };
    await bank.run(deposit, { accountId: 'A', ...money });
    await bank.ingest();
    await refuse(() => bank.run(withdraw, { accountId: 'C', amount: '99', currency: 'EUR' }));
    await bank.run(transfer, { fromAccountId: 'A', toAccountId: 'B', ...money });
    await bank.ingest();
  }
  const origin = { commandId: randomUUID(), actor: 'tester' };
  await bank.handler.execute(origin, {
    commandType: 'Look',
    payload: {},
    aggregateIds: ['account#A'],
    decide: (timestamp) => ({ kind: 'accepted', timestamp, events: new Map() }),
  });
  await bank.eventless.flush();
});

afterAll(() => bank.close());

async function refuse(run: () => Promise<unknown>) {
  await expect(run()).rejects.toMatchObject({ name: 'PlayheadError' });
  await bank.eventless.flush();
}

async function getPage(params: Record<string, string> | string[][] = {}, changes: object = {}) {
  const query = parseQuery(commandsQuerySchema, new URLSearchParams(params));
  const deps = {
    ...bank,
    db: bank.postgres.db,
    registry: FULL_REGISTRY,
    now: () => new Date(),
    commandRetentionDays: 90,
    ...changes,
  };
  return commandsPageSchema.parse(await getCommandsPage(deps, query));
}

async function getAll(params: Record<string, string>) {
  const items: CommandItem[] = [];
  let cursor = '';
  do {
    const page = await getPage({ ...params, cursor });
    items.push(...page.items);
    cursor = page.nextCursor ?? '';
  } while (cursor !== '');
  return items;
}

const typesOf = (items: readonly CommandItem[]) => items.map(({ commandType }) => commandType);
const ROUND = ['Transfer', 'Withdraw', 'Deposit'];
const OPENINGS = ['OpenAccount', 'OpenAccount', 'OpenAccount'];

describe('the history of commands', () => {
  it.each(['1', '2', '3', '5', '50'])(
    'has each command once, newest first, in pages of %s',
    async (limit) => {
      const items = await getAll({ limit });
      expect(typesOf(items)).toEqual(['Look', ...ROUND, ...ROUND, ...ROUND, ...ROUND, ...OPENINGS]);
      expect(new Set(items.map(({ id }) => id)).size).toBe(16);
    },
  );

  it.each<Record<string, string>>([
    { limit: '1' },
    { limit: '3' },
    { limit: '2', type: 'Withdraw' },
    { limit: '2', type: 'Transfer' },
    { limit: '1', outcome: 'rejected' },
    { limit: '2', aggregate: 'account#A' },
    { limit: '2', actor: 'importer' },
  ])('is the same walked backwards, with %j', async (params) => {
    const { forwards, backwards } = await walkPages((cursor) => getPage({ ...params, cursor }));
    expect(forwards.length).toBeGreaterThan(Number(params.limit));
    expect(backwards).toEqual(forwards);
  });

  it('says what a command wrote, of several aggregates as well', async () => {
    const [newest] = (await getPage({ type: 'Transfer' })).items;
    expect(newest).toMatchObject({
      outcome: 'accepted',
      actor: 'tester',
      aggregateIds: ['account#A', 'account#B'],
      events: [{ eventType: 'TransferSent' }, { eventType: 'TransferReceived' }],
      rule: null,
    });
  });

  it('says which rule a command failed, and nothing of its payload beside', async () => {
    const { items } = await getPage({ outcome: 'rejected' });
    expect(items).toHaveLength(4);
    expect(items[0]).toMatchObject({
      commandType: 'Withdraw',
      outcome: 'rejected',
      aggregateIds: ['account#C'],
      events: [],
      rule: { code: 'OVERDRAFT_LIMIT_EXCEEDED', field: 'amount' },
    });
  });

  it('has commands that were accepted without an event', async () => {
    const { items } = await getPage({ limit: '1' });
    expect(items).toMatchObject([{ commandType: 'Look', outcome: 'accepted', events: [] }]);
  });

  it.each<[Record<string, string>, string[]]>([
    [{ outcome: 'accepted', limit: '2' }, ['Look', 'Transfer', 'Deposit']],
    [{ type: 'Withdraw', limit: '3' }, ['Withdraw', 'Withdraw', 'Withdraw', 'Withdraw']],
    [{ type: 'Transfer', actor: 'importer' }, []],
    [{ actor: 'importer', limit: '1' }, OPENINGS],
    [
      { aggregate: 'account#C', limit: '2' },
      ['Withdraw', 'Withdraw', 'Withdraw', 'Withdraw', 'OpenAccount'],
    ],
    [
      { aggregate: 'account#b', type: 'Transfer', limit: '3' },
      ['Transfer', 'Transfer', 'Transfer', 'Transfer'],
    ],
    [{ aggregate: 'account#B', outcome: 'rejected' }, []],
  ])('is narrowed to %j', async (params, types) => {
    const found = typesOf(await getAll(params));
    expect(found.slice(0, types.length)).toEqual(types);
    expect(found.length).toBe(params.outcome === 'accepted' ? 12 : types.length);
  });

  it('keeps a command’s place when more of its events arrive', async () => {
    const accountId = 'D';
    await bank.run(openAccount, { number: accountId, owner: 'D', currency: 'EUR' }, 'late');
    await bank.run(deposit, { accountId, amount: '1', currency: 'EUR' }, 'late');
    await bank.ingest();
    const items = await getAll({ actor: 'late', limit: '1' });
    expect(typesOf(items)).toEqual(['Deposit', 'OpenAccount']);
    await bank.run(transfer, {
      fromAccountId: 'D',
      toAccountId: 'A',
      amount: '1',
      currency: 'EUR',
    });
    await bank.run(closeAccount, { accountId }, 'late');
    await bank.ingest();
    expect(typesOf(await getAll({ actor: 'late', limit: '2' }))).toEqual([
      'CloseAccount',
      'Deposit',
      'OpenAccount',
    ]);
  });
});

describe('an event without its command’s record', () => {
  it.each([
    ['of today', 1, 0, 'not-recorded'],
    ['of a time whose records have expired', 2, 90, 'unknown'],
  ])('%s is told apart from what a command wrote', async (_when, ahead, days, origin) => {
    const { store } = bank;
    const last = (await store.read('account#B')).at(-1);
    const actor = `stranger-${days}`;
    const forged = last && {
      ...last,
      eventSequence: last.eventSequence + ahead,
      eventId: randomUUID(),
      timestamp: new Date(Date.now() - days * 86_400_000).toISOString(),
      metadata: { actor, commandId: randomUUID(), commandType: 'Deposit' },
    };
    await createIngest({ db: bank.postgres.db, store })(forged ? [forged] : []);
    expect((await getPage({ actor })).items).toMatchObject([{ outcome: 'accepted', origin }]);
    const others = await getAll({ actor: 'tester', limit: '50' });
    expect(new Set(others.map((command) => command.origin))).toEqual(new Set(['recorded']));
  });
});

describe('with a database down, the history of commands', () => {
  it('shows what the other has, and says what is missing', async () => {
    const silent = createDynamo({
      DYNAMODB_ENDPOINT: 'http://127.0.0.1:9',
      AWS_REGION: 'x',
      TABLE_PREFIX: 'x',
    });
    const journal = await getPage({}, { dynamo: silent });
    expect(journal.problems).toEqual([expect.stringMatching(/DynamoDB does not answer/)]);
    expect(journal.items.every(({ events }) => events.length > 0)).toBe(true);
    silent.close();

    const gone = { transaction: () => Promise.reject(new Error('gone')) };
    const others = await getPage({ limit: '2' }, { db: gone });
    expect(others.problems).toEqual([expect.stringMatching(/PostgreSQL does not answer/)]);
    expect(typesOf(others.items)).toEqual(['Look', 'Withdraw']);

    // What PostgreSQL has is not lost once it is back.
    const next = await getPage({ limit: '50', cursor: others.nextCursor ?? '' });
    expect(typesOf(next.items)).toContain('Transfer');
  });
});
