import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlayheadError } from '#lib/playhead-error.ts';
import { createCommandHandler } from '#server/runtime/commands/create-command-handler.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { createDynamo } from '#server/runtime/platform/dynamo.ts';
import { ASKS } from '#server/testing/asks.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { loadAccount } from '#server/testing/load-account.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import {
  closeAccountByForm,
  depositByForm,
  openAccountByForm,
  transferByForm,
  withdrawByForm,
} from './account-commands.ts';
import type { FormCommand } from './form-command.ts';
import { createWebMetrics } from './metrics/web-metrics.ts';
import { runCommand } from './run-command.ts';

let bank: TestBank;
const metrics = createWebMetrics(TEST_REGISTRY);
const outages = { note: () => {} };
const requireBound = () => {};

beforeAll(async () => {
  bank = await createTestBank();
  for (const [number, currency] of [
    ['EURO', 'EUR'],
    ['EURO-2', 'EUR'],
    ['YEN', 'JPY'],
  ]) {
    await submit(openAccountByForm, { number, owner: 'Ada', currency, overdraftLimit: '0' });
  }
  await submit(depositByForm, { accountId: 'EURO', amount: '100', currency: 'EUR' });
});

afterAll(() => bank.close());

const toDeps = () => ({
  ...ASKS,
  ...bank,
  registry: TEST_REGISTRY,
  metrics,
  outages,
  requireBound,
});

const submit = (command: FormCommand, fields: object) =>
  runCommand(toDeps(), command, {
    commandId: randomUUID(),
    ...fields,
  });

async function getAccount(accountId: string) {
  const { state, version } = await loadAccount(bank.store, accountId);
  return state.status === 'unopened' ? undefined : { ...state, version };
}

describe('a form’s command', () => {
  it('is carried out, and says what to wait for and how long it took', async () => {
    const result = await submit(depositByForm, {
      accountId: 'euro-2',
      amount: ' 1,234.50 EUR ',
      currency: 'EUR',
      description: '  ',
    });
    expect(result).toEqual({
      ok: true,
      result: {
        commandId: expect.any(String),
        tokens: [{ aggregateId: 'account#EURO-2', sequence: 2 }],
        duplicate: false,
      },
      milliseconds: expect.any(Number),
    });
    expect((await getAccount('EURO-2'))?.balance).toBe(123_450n);
    const [event] = await bank.store.read('account#EURO-2', { from: 2 });
    expect(event?.metadata).toMatchObject({ actor: 'user:tester', commandType: 'Deposit' });
    expect(event?.eventData).toEqual({ amount: '123450', currency: 'EUR' });
  });

  it('is one command however often it is submitted', async () => {
    const before = await getAccount('EURO');
    const fields = { commandId: randomUUID(), accountId: 'EURO', amount: '1', currency: 'EUR' };
    const results = await Promise.all([1, 2, 3].map(() => submit(withdrawByForm, fields)));
    const duplicates = results.map((result) => result.ok && result.result.duplicate);
    expect(duplicates.sort()).toEqual([false, true, true]);
    expect((await getAccount('EURO'))?.version).toBe((before?.version ?? 0) + 1);
    expect(await submit(withdrawByForm, { ...fields, amount: '2' })).toMatchObject({
      ok: false,
      code: 'COMMAND_ID_REUSED',
    });
  });

  it('takes no booking time: history is for imports', async () => {
    const bookedAt = '2020-01-01T00:00:00.000Z';
    const number = 'NOW';
    await submit(openAccountByForm, { number, owner: 'Ada', currency: 'EUR', bookedAt });
    expect((await getAccount('NOW'))?.openedAt).not.toBe(bookedAt);
  });

  it('moves both legs of a transfer', async () => {
    const fields = { fromAccountId: 'EURO', toAccountId: 'EURO-2', currency: 'EUR' };
    const result = await submit(transferByForm, { ...fields, amount: 'EUR 0.50' });
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && result.result.tokens.map(({ aggregateId }) => aggregateId).sort()).toEqual([
      'account#EURO',
      'account#EURO-2',
    ]);
  });
});

describe('a form’s wrong command', () => {
  const move = { accountId: 'EURO', amount: '1', currency: 'EUR' };
  const open = { number: 'FRESH', owner: 'Ada', currency: 'EUR', overdraftLimit: '0' };
  const cases: [string, FormCommand, object, string, string | undefined][] = [
    ['dollars', depositByForm, { ...move, amount: '5 USD' }, 'CURRENCY_MISMATCH', 'amount'],
    [
      'fractions of a yen',
      depositByForm,
      { accountId: 'YEN', amount: '1.5', currency: 'JPY' },
      'INVALID_AMOUNT',
      'amount',
    ],
    ['a negative amount', withdrawByForm, { ...move, amount: '-1' }, 'INVALID_AMOUNT', 'amount'],
    [
      'fractions of a cent',
      depositByForm,
      { ...move, amount: '0.001' },
      'INVALID_AMOUNT',
      'amount',
    ],
    [
      'an ambiguous amount',
      depositByForm,
      { ...move, amount: '1,234' },
      'INVALID_AMOUNT',
      'amount',
    ],
    [
      'more than there is',
      withdrawByForm,
      { ...move, amount: '5000' },
      'OVERDRAFT_LIMIT_EXCEEDED',
      'amount',
    ],
    [
      'an unknown account',
      depositByForm,
      { ...move, accountId: 'NOBODY' },
      'ACCOUNT_NOT_FOUND',
      'accountId',
    ],
    [
      'a huge text',
      depositByForm,
      { ...move, description: 'x'.repeat(300) },
      'TEXT_TOO_LONG',
      'description',
    ],
    [
      'an endless text',
      depositByForm,
      { ...move, description: 'x'.repeat(200_000) },
      'TEXT_TOO_LONG',
      'description',
    ],
    ['no amount', depositByForm, { ...move, amount: '  ' }, 'INVALID_INPUT', 'amount'],
    ['no command id', depositByForm, { ...move, commandId: '' }, 'INVALID_INPUT', 'commandId'],
    [
      'an importer’s command id',
      depositByForm,
      { ...move, commandId: 'import:row:A/1' },
      'INVALID_INPUT',
      'commandId',
    ],
    [
      'an unknown currency',
      depositByForm,
      { ...move, amount: '1 ABC' },
      'INVALID_INPUT',
      'currency',
    ],
    [
      'a taken number',
      openAccountByForm,
      { ...open, number: 'euro' },
      'ACCOUNT_NUMBER_TAKEN',
      'number',
    ],
    [
      'a limit in dollars',
      openAccountByForm,
      { ...open, overdraftLimit: '10 USD' },
      'CURRENCY_MISMATCH',
      'overdraftLimit',
    ],
    [
      'a negative limit',
      openAccountByForm,
      { ...open, overdraftLimit: '-1' },
      'INVALID_AMOUNT',
      'overdraftLimit',
    ],
    [
      'a balance that is left',
      closeAccountByForm,
      { accountId: 'EURO' },
      'BALANCE_NOT_ZERO',
      undefined,
    ],
    [
      'one account',
      transferByForm,
      { fromAccountId: 'EURO', toAccountId: 'euro', amount: '1', currency: 'EUR' },
      'SAME_ACCOUNT',
      'toAccountId',
    ],
  ];

  it.each(cases)('with %s is refused about its field', async (_, command, fields, code, field) => {
    const before = await getAccount('EURO');
    const result = await submit(command, fields);
    expect(result).toEqual({ ok: false, code, message: expect.stringMatching(/\.$/), field });
    expect(await getAccount('EURO')).toEqual(before);
  });

  it.each([undefined, null, 'text', 7, [], {}, { amount: {} }, { commandId: ['x'] }])(
    'that is %j is refused as an input',
    async (input) => {
      for (const command of [
        openAccountByForm,
        depositByForm,
        transferByForm,
        closeAccountByForm,
      ]) {
        expect(await runCommand(toDeps(), command, input)).toMatchObject({
          ok: false,
          code: 'INVALID_INPUT',
        });
      }
    },
  );
});

describe('a command that fails for reasons of the house', () => {
  it('is not carried out beside a database of another event store', async () => {
    const mismatch = new PlayheadError('STORE_MISMATCH', 'The database is another one.');
    const deps = {
      ...toDeps(),
      requireBound: () => {
        throw mismatch;
      },
    };
    const { version } = await bank.store.load('account#EURO');
    const fields = { commandId: randomUUID(), accountId: 'EURO', amount: '1', currency: 'EUR' };
    expect(await runCommand(deps, depositByForm, fields)).toMatchObject({
      ok: false,
      code: 'STORE_MISMATCH',
    });
    expect((await bank.store.load('account#EURO')).version).toBe(version);
  });

  it('says that DynamoDB does not answer', async () => {
    const env = { DYNAMODB_ENDPOINT: 'http://127.0.0.1:9', AWS_REGION: 'x', TABLE_PREFIX: 'x' };
    const dynamo = createDynamo(env);
    const handler = createCommandHandler({
      store: createEventStore(dynamo, TEST_REGISTRY.aggregates),
      now: () => new Date(),
      onSnapshotError: () => {},
    });
    const fields = { commandId: randomUUID(), accountId: 'EURO', amount: '1', currency: 'EUR' };
    const result = await runCommand({ ...toDeps(), handler }, depositByForm, fields);
    expect(result).toMatchObject({ ok: false, code: 'DYNAMODB_UNAVAILABLE' });
    dynamo.close();
  });

  it('gives nothing of the inside away', async () => {
    const broken: FormCommand = {
      commandType: 'Deposit',
      run: () => Promise.reject(new Error('secret at /srv/app/file.ts')),
    };
    const result = await runCommand(toDeps(), broken, {});
    expect(result).toMatchObject({ ok: false, code: 'UNEXPECTED' });
    expect(JSON.stringify(result)).not.toMatch(/secret|file\.ts/);
  });
});
