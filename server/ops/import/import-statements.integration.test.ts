import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { CommandHandler } from '#server/commands/command-context.ts';
import { openAccount } from '#server/commands/open-account.ts';
import { toAggregateId } from '#server/domain/recorded-event.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { importStatements } from './import-statements.ts';
import { STATEMENT_COLUMNS } from './statement-columns.ts';

let bank: TestBank;
let directory: string;
let nextPrefix = 0;
/** Accounts and transactions of a test are its own. */
let p: string;

beforeAll(async () => {
  bank = await createTestBank();
  directory = await mkdtemp(join(tmpdir(), 'playhead-import-'));
});
beforeEach(() => {
  nextPrefix += 1;
  p = `T${nextPrefix}-`;
});
afterAll(async () => {
  await bank.close();
  await rm(directory, { recursive: true });
});

async function importLines(
  lines: readonly string[],
  options: {
    onError?: 'continue' | 'stop';
    overdraftLimit?: string;
    handler?: CommandHandler;
    signal?: AbortSignal;
  } = {},
) {
  const path = join(directory, `${p}statement.csv`);
  await writeFile(path, [STATEMENT_COLUMNS.join(','), ...lines, ''].join('\r\n'));
  const { onError = 'continue', overdraftLimit = '100.00' } = options;
  const { handler = bank.handler, signal = new AbortController().signal } = options;
  return importStatements(
    { handler, signal, onProgress: () => {} },
    { path, currency: 'CZK', overdraftLimit, onError },
  );
}

const stateOf = (accountId: string) => bank.store.load(toAggregateId(accountId));
const eventsOf = (accountId: string) => bank.store.read(toAggregateId(accountId));

it('books a statement in order, and a second time nothing', async () => {
  const lines = [
    `${p}A,1993-01-05,${p}1,deposit,cash-in,100.00,100.00,,,`,
    `${p}B,1993-01-05,${p}2,deposit,collection-in,70.10,70.10,pension,QX,555`,
    `${p}A,1993-01-05,${p}3,withdrawal,cash-out,150.00,-50.00,,,`,
    `${p}A,1993-01-05,${p}4,deposit,internal,0.05,-49.95,interest,,`,
    `${p}B,1993-02-01,${p}5,withdrawal,remittance-out,70.10,0.00,household,WZ,777`,
  ];
  const first = await importLines(lines);
  expect(first).toMatchObject({
    rows: 5,
    accounts: 2,
    opened: 2,
    accepted: 5,
    duplicates: 0,
    rejected: 0,
    rejections: [],
    stopped: false,
  });
  const events = await eventsOf(`${p}A`);
  expect(events.map(({ eventType, timestamp }) => [eventType, timestamp])).toEqual([
    ['AccountOpened', '1993-01-05T00:00:00.000Z'],
    ['MoneyDeposited', '1993-01-05T00:00:00.001Z'],
    ['MoneyWithdrawn', '1993-01-05T00:00:00.002Z'],
    ['MoneyDeposited', '1993-01-05T00:00:00.003Z'],
  ]);
  expect(events[0]?.eventData).toMatchObject({
    owner: `Account ${p}A`,
    number: `${p}A`,
    currency: 'CZK',
    overdraftLimit: '10000',
  });
  expect((await eventsOf(`${p}B`))[2]).toMatchObject({
    eventData: {
      amount: '7010',
      description: 'Remittance out: household',
      counterparty: '777/WZ',
    },
    metadata: { actor: 'import', commandId: `import:transaction:${p}5`, commandType: 'Withdraw' },
  });
  expect(await stateOf(`${p}A`)).toMatchObject({ version: 4, state: { balance: -4_995n } });

  expect(await importLines(lines)).toMatchObject({
    rows: 5,
    accounts: 2,
    opened: 0,
    accepted: 0,
    duplicates: 5,
    rejected: 0,
  });
  expect(await eventsOf(`${p}A`)).toEqual(events);
});

it('says of every wrong row where it is and why, and goes on', async () => {
  const result = await importLines([
    `${p}A,1993-02-30,${p}1,deposit,cash-in,100.00,,,,`,
    `${p}A,1993-01-05,${p}2,deposit,cash-in,100.00,,,,`,
    `${p}A,1993-01-05,${p}3,deposit`,
    '',
    `${p}A,1993-01-05,${p}4,withdrawal,cash-out,200.01,,,,`,
    `${p}A,1993-01-05,${p}5,deposit,cash-in,1.001,,,,`,
    `${p}A,1993-01-05,${p}6,"deposit,cash-in,1.00,,,,`,
    `${p}A,1993-01-04,${p}7,deposit,cash-in,1.00,,,,`,
    `${p}A,1993-01-06,${p}2,deposit,cash-in,100.00,,,,`,
    `${p}B,1993-01-06,${p}8,deposit,cash-in,-1.00,,,,`,
    `${p}A,1993-01-06,${p}9,deposit,${'long '.repeat(100)},1.00,,,,`,
    `${p}A,1993-01-07,${p}10,deposit,cash-in,5.00,,,,`,
  ]);
  expect(result).toMatchObject({ rows: 11, accounts: 1, accepted: 2, rejected: 9, stopped: false });
  expect(result.rejections.map(({ line, code }) => [line, code])).toEqual([
    [2, 'INVALID_INPUT'],
    [4, 'INVALID_INPUT'],
    [6, 'OVERDRAFT_LIMIT_EXCEEDED'],
    [7, 'INVALID_AMOUNT'],
    [8, 'INVALID_INPUT'],
    [9, 'TIME_BEFORE_LAST_EVENT'],
    [10, 'COMMAND_ID_REUSED'],
    [11, 'INVALID_AMOUNT'],
    [12, 'TEXT_TOO_LONG'],
  ]);
  expect(await stateOf(`${p}A`)).toMatchObject({ version: 3, state: { balance: 10_500n } });
  expect(await stateOf(`${p}B`)).toMatchObject({ version: 0 });
});

it.each([
  ['malformed', 'deposit,cash-in,none,,,,', 'INVALID_AMOUNT'],
  ['refused', 'withdrawal,cash-out,5000.00,,,,', 'OVERDRAFT_LIMIT_EXCEEDED'],
])('stops at a %s row when asked to', async (_name, wrong, code) => {
  const rows = (account: string, numbers: readonly number[]) =>
    numbers.map((n) => `${p}${account},1993-01-05,${p}${n},deposit,cash-in,1.00,,,,`);
  const result = await importLines(
    [
      ...rows('A', [1, 2]),
      ...rows('B', [3, 4]),
      `${p}A,1993-01-05,${p}5,${wrong}`,
      ...rows('A', [6, 7, 8]),
    ],
    { onError: 'stop' },
  );
  expect(result).toMatchObject({ rows: 5, accepted: 4, rejected: 1, stopped: true });
  expect(result.rejections).toMatchObject([{ line: 6, code }]);
  expect(await stateOf(`${p}A`)).toMatchObject({ version: 3 });
  expect(await stateOf(`${p}B`)).toMatchObject({ version: 3 });
});

it('books nothing into an account that it could not open', async () => {
  await bank.run(openAccount, { number: `${p}A`, owner: 'Somebody else', currency: 'CZK' });
  const result = await importLines([
    `${p}A,1993-01-05,${p}1,deposit,cash-in,1.00,,,,`,
    `${p}A,1993-01-05,${p}2,deposit,cash-in,1.00,,,,`,
    `${p}B,1993-01-05,${p}3,deposit,cash-in,1.00,,,,`,
  ]);
  expect(result).toMatchObject({ rows: 3, accounts: 1, accepted: 1, rejected: 2 });
  expect(result.rejections).toEqual([
    {
      line: 2,
      code: 'ACCOUNT_NUMBER_TAKEN',
      message: expect.stringMatching(/could not be opened at line 2: .*Somebody else/),
    },
    { line: 3, code: 'ACCOUNT_NUMBER_TAKEN', message: expect.any(String) },
  ]);
  expect(await stateOf(`${p}A`)).toMatchObject({ version: 1 });
});

it('ends where an engine fails, and goes on from there the next time', async () => {
  const lines = Array.from(
    { length: 40 },
    (_, index) => `${p}A,1993-01-05,${p}${index},deposit,cash-in,1.00,,,,`,
  );
  let calls = 0;
  const failing: CommandHandler = {
    ...bank.handler,
    execute: async (origin, command) => {
      calls += 1;
      if (calls === 20) {
        throw new PlayheadError('DYNAMODB_UNAVAILABLE', 'DynamoDB does not answer.');
      }
      return bank.handler.execute(origin, command);
    },
  };
  await expect(importLines(lines, { handler: failing })).rejects.toMatchObject({
    code: 'DYNAMODB_UNAVAILABLE',
  });
  expect(calls).toBe(20);
  expect(await stateOf(`${p}A`)).toMatchObject({ version: 19 });
  expect(await importLines(lines)).toMatchObject({ rows: 40, accepted: 22, duplicates: 18 });
});

it('begins no further row once it is interrupted', async () => {
  const interruption = new AbortController();
  const interrupting: CommandHandler = {
    ...bank.handler,
    execute: async (origin, command) => {
      interruption.abort();
      return bank.handler.execute(origin, command);
    },
  };
  const result = await importLines(
    [
      `${p}A,1993-01-05,${p}1,deposit,cash-in,1.00,,,,`,
      `${p}A,1993-01-05,${p}2,deposit,cash-in,1.00,,,,`,
    ],
    { handler: interrupting, signal: interruption.signal },
  );
  expect(result).toMatchObject({ rows: 1, accepted: 1, stopped: true });
});

it('refuses a file that is no statement, and terms that cannot be', async () => {
  const path = join(directory, 'other.csv');
  const run = (content: string, terms = { currency: 'CZK', overdraftLimit: '0' }) =>
    writeFile(path, content).then(() =>
      importStatements(
        { handler: bank.handler, signal: new AbortController().signal, onProgress: () => {} },
        { path, onError: 'continue', ...terms },
      ),
    );
  await expect(run('')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await expect(run('name,amount\n')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await expect(run('', { currency: 'XXX', overdraftLimit: '0' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  });
  await expect(run('', { currency: 'CZK', overdraftLimit: '-1' })).rejects.toMatchObject({
    code: 'INVALID_AMOUNT',
  });
});
