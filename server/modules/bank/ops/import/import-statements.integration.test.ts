import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { PlayheadError } from '#lib/playhead-error.ts';
import { toAccountAggregateId } from '#server/modules/bank/domain/account-aggregate-id.ts';
import { runCommand } from '#server/runtime/commands/command.ts';
import type { CommandHandler } from '#server/runtime/commands/command-context.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { closeAccount } from '../../commands/close-account.ts';
import { deposit } from '../../commands/move-money.ts';
import { openAccount } from '../../commands/open-account.ts';
import { type ImportOptions, importStatements } from './import-statements.ts';
import { STATEMENT_COLUMNS } from './statement-columns.ts';

const HEADER = STATEMENT_COLUMNS.join(',');

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

type Given = Partial<ImportOptions> & { handler?: CommandHandler; signal?: AbortSignal };

async function importFile(content: string | Buffer, given: Given = {}) {
  const path = join(directory, `${p}statement.csv`);
  await writeFile(path, content);
  const { handler = bank.handler, signal = new AbortController().signal, ...options } = given;
  const terms = { currency: 'CZK', overdraftLimit: '100.00' };
  return importStatements(
    { handler, store: bank.store, now: () => new Date(), signal, onProgress: () => {} },
    { path, ...terms, encoding: 'utf-8', onError: 'continue', dryRun: false, ...options },
  );
}

const importLines = (lines: readonly string[], given?: Given) =>
  importFile([STATEMENT_COLUMNS.join(','), ...lines, ''].join('\r\n'), given);

const stateOf = (accountId: string) => bank.store.load(toAccountAggregateId(accountId));
const eventsOf = (accountId: string) => bank.store.read(toAccountAggregateId(accountId));

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
    ['MoneyDeposited', '1993-01-05T00:00:00.000Z'],
    ['MoneyWithdrawn', '1993-01-05T00:00:00.000Z'],
    ['MoneyDeposited', '1993-01-05T00:00:00.000Z'],
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
      description: 'remittance-out: household',
      counterparty: '777/WZ',
      bookingDate: '1993-02-01',
    },
    metadata: { actor: 'import', commandId: `import:row:${p}B/${p}5`, commandType: 'Withdraw' },
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
    ' , ,,,,,,,,',
    `${p}A,1993-01-05,${p}4,withdrawal,cash-out,200.01,,,,`,
    `${p}A,1993-01-05,${p}5,deposit,cash-in,1.001,,,,`,
    `${p}A,1993-01-05,${p}6,deposit,"over\ntwo lines",1.00,,,,`,
    `${p}A,1993-01-06,${p}2,deposit,cash-in,100.00,,,,`,
    `${p}B,1993-01-06,${p}8,deposit,cash-in,-1.00,,,,`,
    `${p}A,1993-01-06,${p}9,deposit,${'long '.repeat(100)},1.00,,,,`,
    `${p}A,1993-01-06,${p}11,deposit,cash-in,"1,50",,,,`,
    `${p}A,1993-01-06,${p}12,deposit,cash-in,"1,000.50",,,,`,
    `${p}A,1993-01-06,${p}13,deposit,a\u0000b,1.00,,,,`,
    `${p}A,1993-01-07,${p}10,deposit,cash-in,5.00,,,,`,
    `${p}A,2999-01-01,${p}14,deposit,cash-in,5.00,,,,`,
  ]);
  expect(result).toMatchObject({ rows: 14, accounts: 1, accepted: 3, rejected: 11 });
  expect(result.rejections.map(({ line, code }) => [line, code])).toEqual([
    [2, 'INVALID_INPUT'],
    [4, 'INVALID_INPUT'],
    [7, 'OVERDRAFT_LIMIT_EXCEEDED'],
    [8, 'INVALID_AMOUNT'],
    [11, 'COMMAND_ID_REUSED'],
    [12, 'INVALID_AMOUNT'],
    [13, 'TEXT_TOO_LONG'],
    [14, 'INVALID_AMOUNT'],
    [15, 'INVALID_AMOUNT'],
    [16, 'INVALID_INPUT'],
    [18, 'TIME_IN_FUTURE'],
  ]);
  const messages = result.rejections.map(({ message }) => message);
  expect(messages[0]).toContain('no day of the calendar');
  expect(messages[1]).toContain('4 columns');
  expect(messages[7]).toContain('decimal comma');
  expect(messages[8]).toContain('write 1000.50');
  expect(messages[9]).toContain('U+0000');
  expect(await stateOf(`${p}A`)).toMatchObject({ version: 4, state: { balance: 10_600n } });
  expect(await stateOf(`${p}B`)).toMatchObject({ version: 0 });
});

it.each([
  ['malformed', 'deposit,cash-in,none,,,,', 'INVALID_AMOUNT'],
  ['refused', 'withdrawal,cash-out,5000.00,,,,', 'OVERDRAFT_LIMIT_EXCEEDED'],
])('writes nothing with a %s row when asked to stop', async (_name, wrong, code) => {
  const rows = (account: string, numbers: readonly number[]) =>
    numbers.map((n) => `${p}${account},1993-01-05,${p}${n},deposit,cash-in,1.00,,,,`);
  const lines = [
    ...rows('A', [1, 2]),
    ...rows('B', [3, 4]),
    `${p}A,1993-01-05,${p}5,${wrong}`,
    ...rows('A', [6, 7, 8]),
  ];
  const result = await importLines(lines, { onError: 'stop' });
  expect(result).toMatchObject({ rows: 8, accepted: 0, rejected: 1, opened: 0, stopped: true });
  expect(result.rejections).toMatchObject([{ line: 6, code }]);
  expect(await stateOf(`${p}A`)).toMatchObject({ version: 0 });
  expect(await stateOf(`${p}B`)).toMatchObject({ version: 0 });
});

it('says with a dry run what the import then does, and writes nothing', async () => {
  const lines = [
    `${p}A,1993-01-05,${p}1,deposit,cash-in,100.00,,,,`,
    `${p}A,1993-01-05,${p}1,deposit,cash-in,100.00,,,,`,
    `${p}A,1993-01-06,${p}2,withdrawal,cash-out,900.00,,,,`,
    `${p}B,1993-01-06,${p}2,deposit,cash-in,900.00,,,,`,
    `${p}A,1993-01-07,${p}1,deposit,cash-in,100.00,,,,`,
  ];
  const { seconds: _, ...preview } = await importLines(lines, { dryRun: true });
  expect(preview).toMatchObject({
    opened: 2,
    accepted: 2,
    duplicates: 1,
    rejected: 2,
    dryRun: true,
  });
  expect(await stateOf(`${p}A`)).toMatchObject({ version: 0 });
  expect(await importLines(lines)).toMatchObject({ ...preview, dryRun: false });
  const again = await importLines(lines, { dryRun: true });
  expect(again).toMatchObject({ opened: 0, accepted: 0, duplicates: 3, rejected: 2 });
});

it('books into an account that was opened by hand, when the currency fits', async () => {
  const open = (number: string, currency: string) =>
    bank.run(openAccount, { number, owner: 'Ann', currency });
  await Promise.all([open(`${p}A`, 'CZK'), open(`${p}B`, 'EUR')]);
  await bank.run(openAccount, { number: `${p}C`, owner: 'Ann', currency: 'CZK' });
  await bank.run(closeAccount, { accountId: `${p}C` });
  const today = new Date().toISOString().slice(0, 10);
  const result = await importLines([
    `${p}A,1993-01-05,${p}1,deposit,cash-in,1.00,,,,`,
    `${p}A,${today},${p}2,deposit,cash-in,1.00,,,,`,
    `${p}B,1993-01-05,${p}3,deposit,cash-in,1.00,,,,`,
    `${p}C,1993-01-05,${p}4,deposit,cash-in,1.00,,,,`,
  ]);
  expect(result).toMatchObject({ accounts: 3, opened: 0, accepted: 2, rejected: 2 });
  expect(result.rejections.map(({ code }) => code)).toEqual([
    'CURRENCY_MISMATCH',
    'ACCOUNT_CLOSED',
  ]);
  const [opened, first, second] = await eventsOf(`${p}A`);
  expect(first?.eventData).toMatchObject({ bookingDate: '1993-01-05' });
  expect(first?.timestamp).toBe(opened?.timestamp);
  expect(second?.timestamp).toBe(opened?.timestamp);
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

it('takes monthly statements, what they share, and rows that come late', async () => {
  const january = [
    `${p}A,2026-01-05,1,deposit,cash-in,100.00,100.00,salary,,`,
    `${p}A,2026-01-20,2,withdrawal,card,30.00,70.00,food,,`,
  ];
  const february = [
    `${p}A,2026-02-05,3,deposit,cash-in,100.00,170.00,salary,,`,
    `${p}A,2026-02-20,4,withdrawal,card,30.00,140.00,food,,`,
  ];
  const late = `${p}A,2026-01-05,0,deposit,cash-in,5.00,0,late,,`;
  expect(await importLines(january)).toMatchObject({ opened: 1, accepted: 2, rejected: 0 });
  expect(await importLines([late, ...january])).toMatchObject({ accepted: 1, duplicates: 2 });
  expect(await importLines(february)).toMatchObject({ opened: 0, accepted: 2, rejected: 0 });
  const all = [late, ...january, ...february];
  expect(await importLines(all)).toMatchObject({ accepted: 0, duplicates: 5, rejected: 0 });
  const events = await eventsOf(`${p}A`);
  expect(events.map(({ eventData, timestamp }) => [eventData.bookingDate, timestamp])).toEqual([
    [undefined, '2026-01-05T00:00:00.000Z'],
    ['2026-01-05', '2026-01-05T00:00:00.000Z'],
    ['2026-01-20', '2026-01-20T00:00:00.000Z'],
    ['2026-01-05', '2026-01-20T00:00:00.000Z'],
    ['2026-02-05', '2026-02-05T00:00:00.000Z'],
    ['2026-02-20', '2026-02-20T00:00:00.000Z'],
  ]);
});

it('knows rows by account and number, also when their command records are gone', async () => {
  const lines = [
    `${p}A,2026-01-05,1,deposit,x,1.00,,,,`,
    `${p}B,2026-01-05,1,deposit,x,2.00,,,,`,
    `${p}B,2026-01-05,2024/001 é:x,deposit,x,2.00,,,,`,
  ];
  expect(await importLines(lines)).toMatchObject({ accepted: 3 });
  const { documents, tables } = bank.dynamo;
  for (const id of [`${p}A/1`, `${p}B/1`, `${p}B/2024/001 é:x`]) {
    const Key = { commandId: `import:row:${id}` };
    const { Attributes } = await documents.send(
      new DeleteCommand({ TableName: tables.commands, Key, ReturnValues: 'ALL_OLD' }),
    );
    expect(Attributes).toBeDefined();
  }
  expect(await importLines(lines)).toMatchObject({ accepted: 0, duplicates: 3 });
  const other = await importLines([`${p}A,2026-01-05,1,deposit,x,1.01,,,,`]);
  expect(other.rejections).toMatchObject([{ line: 2, code: 'COMMAND_ID_REUSED' }]);
});

it('knows what the first version imported', async () => {
  const origin = { handler: bank.handler, actor: 'import' };
  await runCommand({ ...origin, commandId: `import:account:${p}A` }, openAccount, {
    number: `${p}A`,
    owner: `Account ${p}A`,
    currency: 'CZK',
    overdraftLimit: '100.00',
    bookedAt: '1993-01-05T00:00:00.000Z',
  });
  await runCommand({ ...origin, commandId: `import:transaction:${p}1` }, deposit, {
    accountId: `${p}A`,
    amount: '100.00',
    currency: 'CZK',
    description: 'IPhone e mail',
    bookedAt: '1993-01-05T00:00:00.002Z',
  });
  const result = await importLines([
    `${p}A,1993-01-05,${p}1,deposit,,100.00,,iPhone e-mail,,`,
    `${p}A,1993-01-06,${p}1,deposit,,100.00,,iPhone e-mail,,`,
    `${p}A,1993-01-06,${p}2,deposit,,1.00,,,,`,
  ]);
  expect(result).toMatchObject({ opened: 0, accepted: 1, duplicates: 1, rejected: 1 });
  expect(result.rejections).toMatchObject([{ line: 3, code: 'COMMAND_ID_REUSED' }]);
});

it('keeps texts to the letter', async () => {
  await importLines([
    `${p}A,2026-01-05,1,deposit,sepa,1.00,,iPhone 2024-001 RF18-5390-0754,,`,
    `${p}A,2026-01-06,2,deposit,,1.00,,"iPhone e-mail\nline two",ČSOB,"Müller, 1"`,
  ]);
  const [, first, second] = await eventsOf(`${p}A`);
  expect(first?.eventData.description).toBe('sepa: iPhone 2024-001 RF18-5390-0754');
  expect(second?.eventData).toMatchObject({
    description: 'iPhone e-mail\nline two',
    counterparty: 'Müller, 1/ČSOB',
  });
});

it.each<[string, (p: string) => string | Buffer, RegExp]>([
  [
    'newest first',
    (p) =>
      `${HEADER}\n${p}A,2026-02-05,2,deposit,x,1.00,,,,\n${p}A,2026-01-05,1,deposit,x,1.00,,,,\n`,
    /line 3 is of 2026-01-05.*newest first/,
  ],
  [
    'Latin-1',
    (p) => Buffer.from(`${HEADER}\n${p}A,2026-02-05,2,deposit,ü,1.00,,,,\n`, 'latin1'),
    /--encoding windows-1252/,
  ],
  [
    'a broken end',
    (p) => `${HEADER}\n${p}A,2026-02-05,2,deposit,x,1.00,,,,\n${p}A,"`,
    /behind line 2 and never closed/,
  ],
])('writes nothing of a file that is %s', async (_name, toContent, sentence) => {
  await expect(importFile(toContent(p))).rejects.toThrow(sentence);
  expect(await stateOf(`${p}A`)).toMatchObject({ version: 0 });
});

it('notices a file that is changed after it was checked', async () => {
  const lines = [1, 2, 3].map((n) => `${p}A,2026-02-05,${n},deposit,x,1.00,,,,`);
  const path = join(directory, `${p}statement.csv`);
  const changing: CommandHandler = {
    ...bank.handler,
    execute: async (origin, command) => {
      await writeFile(path, [HEADER, ...lines].join('\n').replace(',3,', ',4,'));
      return bank.handler.execute(origin, command);
    },
  };
  const late = `${p}B,2026-02-05,1,deposit,${'x'.repeat(150)},1.00,,,,`;
  const big = [...lines.slice(0, 1), ...Array<string>(2_000).fill(late), ...lines.slice(1)];
  await expect(importLines(big, { handler: changing })).rejects.toThrow(/was changed/);
});

it('refuses a file that is no statement, and terms that cannot be', async () => {
  for (const content of ['', 'name,amount\n']) {
    await expect(importFile(content)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  }
  for (const [given, code] of [
    [{ currency: 'XXX' }, 'INVALID_INPUT'],
    [{ encoding: 'klingon' }, 'INVALID_INPUT'],
    [{ overdraftLimit: '-1' }, 'INVALID_AMOUNT'],
  ] as const) {
    await expect(importFile('', given)).rejects.toMatchObject({ code });
  }
});
