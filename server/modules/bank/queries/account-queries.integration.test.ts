import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { framesSchema, timelinePageSchema } from '#lib/contracts/queries.ts';
import {
  accountAnswerSchema,
  accountSummarySchema,
  ledgerPageSchema,
} from '#lib/modules/bank/queries.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { parseQuery } from '#server/runtime/queries/parse-query.ts';
import { waitForEvent } from '#server/runtime/queries/wait-for-event.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { getFramesAnswer } from '#server/web/queries/frames.ts';
import { findSequenceAt } from '#server/web/queries/sequence-at.ts';
import { getTimelinePage } from '#server/web/queries/timeline-page.ts';
import { deposit, withdraw } from '../commands/move-money.ts';
import { openAccount } from '../commands/open-account.ts';
import { transfer } from '../commands/transfer.ts';
import { accountQuerySchema, findAccount } from './account-answer.ts';
import { getAccountSummary } from './account-summary.ts';
import { getLedgerPage, ledgerQuerySchema } from './ledger-page.ts';

let bank: TestBank;

/** Event 1 opens the account; 2 to 25 pay 1.00 to 24.00 in, every third 0.50 out; 26 sends 10.00. */
const VERSION = 26;
const dayOf = (sequence: number) => `2026-0${1 + Math.floor(sequence / 10)}-1${sequence % 10}`;

beforeAll(async () => {
  bank = await createTestBank();
  const currency = 'EUR';
  for (const number of ['MAIN', 'OTHER']) {
    await bank.run(openAccount, {
      number,
      owner: `Owner of ${number}`,
      currency,
      overdraftLimit: '10.00',
      bookedAt: `${dayOf(1)}T08:00:00.000Z`,
    });
  }
  for (let sequence = 2; sequence < VERSION; sequence += 1) {
    const isOut = sequence % 3 === 0;
    await bank.run(isOut ? withdraw : deposit, {
      accountId: 'MAIN',
      amount: isOut ? '0.50' : String(sequence - 1),
      currency,
      description: isOut ? undefined : `Invoice ${sequence}_%`,
      bookedAt: `${dayOf(sequence)}T12:00:00.000Z`,
    });
  }
  await bank.run(transfer, { fromAccountId: 'MAIN', toAccountId: 'OTHER', amount: '10', currency });
  await bank.settle();
});

afterAll(() => bank.close());

async function getLedger(params: Record<string, string> = {}, accountId = 'MAIN') {
  const query = parseQuery(ledgerQuerySchema, new URLSearchParams(params));
  return ledgerPageSchema.parse(await getLedgerPage(bank.postgres.db, accountId, query));
}

const toSequence = ({ sequence }: { readonly sequence: number }) => sequence;

async function find(accountId: string, params: Record<string, string>) {
  const { db } = bank.postgres;
  const { notifications, store } = bank;
  const query = parseQuery(accountQuerySchema, new URLSearchParams(params));
  return accountAnswerSchema.parse(
    await findAccount({ db, notifications, store }, accountId, query),
  );
}

describe('the ledger', () => {
  it('pages from the newest movement to the first, each once', async () => {
    const sequences: number[] = [];
    let cursor = '';
    do {
      const page = await getLedger({ limit: '4', cursor });
      expect(page.total).toBe(VERSION - 1);
      sequences.push(...page.items.map(({ sequence }) => sequence));
      cursor = page.nextCursor ?? '';
    } while (cursor !== '');
    expect(sequences).toEqual(Array.from({ length: VERSION - 1 }, (_, index) => VERSION - index));
  });

  it('shows the running balance and the counterparty', async () => {
    const { items } = await getLedger({ limit: '1' });
    const { items: before } = await getLedger({ limit: '2' });
    expect(items[0]).toMatchObject({ type: 'transfer-out', amount: '1000', counterparty: 'OTHER' });
    expect(Number(before[1]?.balanceAfter) - 1000).toBe(Number(items[0]?.balanceAfter));
  });

  it('filters by type and searches texts as they are', async () => {
    expect((await getLedger({ type: 'withdrawal' })).total).toBe(8);
    expect((await getLedger({ q: 'invoice 2' })).total).toBe(5);
    expect((await getLedger({ q: '_%' })).total).toBe(16);
    expect((await getLedger({ q: 'other' })).total).toBe(1);
    expect((await getLedger({ q: '2_% INVOICE' })).total).toBe(2);
    expect((await getLedger({ q: '23.00' })).total).toBe(0);
    expect((await getLedger({ q: '22.00' })).total).toBe(1);
    expect((await getLedger({ q: '0.5' })).total).toBe(8);
    const { items } = await getLedger({ limit: '1' });
    expect((await getLedger({ q: items[0]?.eventId.slice(3, 20) ?? '' })).items).toEqual(items);
    expect((await getLedger({ q: 'invoice', type: 'withdrawal' })).items).toEqual([]);
  });

  it('is narrowed to days, amounts and a newest event, on every page', async () => {
    expect((await getLedger({ from: dayOf(5), to: dayOf(8) })).items.map(toSequence)).toEqual([
      8, 7, 6, 5,
    ]);
    expect((await getLedger({ least: '20', most: '22.00 EUR' })).items.map(toSequence)).toEqual([
      23, 22,
    ]);
    await expect(getLedger({ least: 'much' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const range = { upTo: '20', from: dayOf(10), limit: '4' };
    const first = await getLedger(range);
    expect([first.total, ...first.items.map(toSequence)]).toEqual([11, 20, 19, 18, 17]);
    const second = await getLedger({ ...range, cursor: first.nextCursor ?? '' });
    expect([second.total, ...second.items.map(toSequence)]).toEqual([11, 16, 15, 14, 13]);
  });

  it('knows where the other side of a transfer is', async () => {
    const { items } = await getLedger({ limit: '2' });
    expect(items.map(({ otherSequence }) => otherSequence)).toEqual([2, undefined]);
  });

  it('is empty for an account that has none', async () => {
    expect(await getLedger({}, 'NOBODY')).toMatchObject({ items: [], total: 0, nextCursor: null });
  });
});

describe('an account', () => {
  it('reads the same from the read model and from the event store', async () => {
    const readModel = await find('MAIN', {});
    const folded = await find('MAIN', { consistency: 'strong' });
    expect(readModel.source).toBe('read-model');
    expect(readModel.freshness).toMatchObject({ projection: 'accounts', eventsBehind: 0 });
    expect(folded).toEqual({ account: readModel.account, source: 'event-store', freshness: null });
    expect(folded.account.version).toBe(VERSION);
  });

  it('is not found by any consistency when there is none', async () => {
    const notFound = { code: 'ACCOUNT_NOT_FOUND' };
    await expect(find('NOBODY', {})).rejects.toMatchObject(notFound);
    await expect(find('NOBODY', { consistency: 'strong' })).rejects.toMatchObject(notFound);
  });

  it('needs a sequence to wait for', async () => {
    const refusal = { code: 'INVALID_INPUT', field: 'sequence' };
    await expect(find('MAIN', { consistency: 'wait' })).rejects.toMatchObject(refusal);
  });

  it('waits for an event that is on its way', async () => {
    const { tokens } = await bank.run(deposit, {
      accountId: 'OTHER',
      amount: '7',
      currency: 'EUR',
    });
    const sequence = String(tokens[0]?.sequence);
    expect((await find('OTHER', {})).account.version).toBeLessThan(Number(sequence));
    expect((await find('OTHER', { consistency: 'strong' })).account.version).toBe(Number(sequence));
    const waiting = find('OTHER', { consistency: 'wait', sequence, timeout: '15000' });
    await bank.ingest();
    const { account } = await waiting;
    expect(account).toMatchObject({ version: Number(sequence), balance: '1700' });
  });

  it('says what it waited for in vain', async () => {
    const wait = find('MAIN', { consistency: 'wait', sequence: '999', timeout: '50' });
    await expect(wait).rejects.toMatchObject({
      code: 'WAIT_TIMED_OUT',
      message: expect.stringContaining('999'),
    });
  });
});

it('waits for all of several projections, and not without a sequence', async () => {
  const deps = { db: bank.postgres.db, notifications: bank.notifications };
  const names = ['account-summaries', 'daily-balances'];
  await waitForEvent(deps, names, 'account#MAIN', { timeout: 0 });
  await waitForEvent(deps, names, 'account#MAIN', { sequence: VERSION, timeout: 5_000 });
  const inVain = waitForEvent(deps, names, 'account#MAIN', { sequence: VERSION + 1, timeout: 20 });
  await expect(inVain).rejects.toMatchObject({ code: 'WAIT_TIMED_OUT' });
});

it('sums an account up', async () => {
  const summary = accountSummarySchema.parse(await getAccountSummary(bank.postgres.db, 'MAIN'));
  const { items } = await getLedger({ limit: '200' });
  const total = (types: string[]) =>
    String(
      items
        .filter(({ type }) => types.includes(type))
        .reduce((sum, { amount }) => sum + Number(amount), 0),
    );
  expect(summary).toMatchObject({
    deposits: 16,
    withdrawals: 8,
    transfersIn: 0,
    transfersOut: 1,
    totalIn: total(['deposit']),
    totalOut: total(['withdrawal', 'transfer-out']),
    largestOut: '1000',
    largestIn: '2400',
  });
  expect(summary.months.slice(0, 3).map(({ month }) => month)).toEqual([
    '2026-01',
    '2026-02',
    '2026-03',
  ]);
  const days = summary.days.map(({ day }) => day);
  expect(days).toEqual([...days].sort());
  expect(summary.days.at(-1)?.closing).toBe(items[0]?.balanceAfter);
  await expect(getAccountSummary(bank.postgres.db, 'NOBODY')).rejects.toMatchObject({
    code: 'ACCOUNT_NOT_FOUND',
  });
});

describe('the timeline', () => {
  it('pages through the event store from the newest event to the first, each once', async () => {
    const sequences: number[] = [];
    let cursor: string | undefined;
    do {
      const page = timelinePageSchema.parse(
        await getTimelinePage(bank.store, 'account#MAIN', { limit: 5, cursor }),
      );
      expect(page.version).toBe(VERSION);
      expect(page.items.every((item) => 'position' in item && item.position === null)).toBe(true);
      sequences.push(...page.items.map(({ eventSequence }) => eventSequence));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(sequences).toEqual(Array.from({ length: VERSION }, (_, index) => VERSION - index));
  });

  it('shows what lies among the events and is none, and every event around it', async () => {
    const { documents, tables } = bank.dynamo;
    await bank.run(openAccount, { number: 'FOREIGN', owner: 'X', currency: 'EUR' });
    await bank.run(deposit, { accountId: 'FOREIGN', amount: '1', currency: 'EUR' });
    const note = { aggregateId: 'account#FOREIGN', note: 'kept by hand' };
    for (const eventSequence of [0, 2.5, 3, 5]) {
      const Item = { ...note, eventSequence };
      await documents.send(new PutCommand({ TableName: tables.events, Item }));
    }
    const { items, version } = timelinePageSchema.parse(
      await getTimelinePage(bank.store, 'account#FOREIGN', { limit: 50 }),
    );
    expect(version).toBe(5);
    expect(items).toMatchObject([
      { eventSequence: 5, unreadable: expect.stringContaining('account#FOREIGN/5') },
      {
        eventSequence: 3,
        unreadable: expect.stringContaining('is not an event'),
        rawItem: expect.stringContaining('kept by hand'),
      },
      { eventSequence: 2, eventType: 'MoneyDeposited' },
      { eventSequence: 1, eventType: 'AccountOpened' },
    ]);
  });

  it('has nothing to say of an account that does not exist', async () => {
    await expect(getTimelinePage(bank.store, 'account#NOBODY', { limit: 5 })).rejects.toMatchObject(
      {
        code: 'AGGREGATE_NOT_FOUND',
      },
    );
  });
});

describe('time travel', () => {
  it('shows frames with their events and folded states', async () => {
    const { frames, version } = framesSchema.parse(
      await getFramesAnswer(bank.store, 'account#MAIN', { from: 0, to: 3 }),
    );
    expect(version).toBe(VERSION);
    expect(frames.map(({ sequence, event }) => [sequence, event?.eventType])).toEqual([
      [0, undefined],
      [1, 'AccountOpened'],
      [2, 'MoneyDeposited'],
      [3, 'MoneyWithdrawn'],
    ]);
    expect(frames.map(({ state }) => state.balance)).toEqual([undefined, '0', '100', '50']);
  });

  it('finds the sequence at a time', async () => {
    const at = async (time: string) =>
      (await findSequenceAt(bank.store, 'account#MAIN', { time })).sequence;
    expect(await at('2025-01-01T00:00:00.000Z')).toBe(0);
    expect(await at(`${dayOf(5)}T12:00:00.000Z`)).toBe(5);
    expect(await at(`${dayOf(5)}T11:59:59.999Z`)).toBe(4);
    expect(await at('2999-01-01T00:00:00.000Z')).toBe(VERSION);
    await expect(at('yesterday')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

it('folds an account and shows its history while PostgreSQL is down', async () => {
  const down = createPostgres(
    { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/nowhere' },
    { application: 'down', max: 1 },
  );
  const deps = { db: down.db, notifications: bank.notifications, store: bank.store };
  const ask = (consistency: 'eventual' | 'strong') =>
    findAccount(deps, 'MAIN', { consistency, timeout: 100 });
  expect((await ask('strong')).account.owner).toBe('Owner of MAIN');
  await expect(ask('eventual')).rejects.toThrow();
  await down.close();
});
