import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toAccountAggregateId } from '#server/modules/bank/domain/account-aggregate-id.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { createOpsLine } from '#server/testing/ops-line.ts';

let bank: TestBank;
let ops: ReturnType<typeof createOpsLine>;
beforeAll(async () => {
  bank = await createTestBank();
  ops = createOpsLine(bank);
});
afterAll(() => bank.close());

const json = (text: string): unknown => JSON.parse(text);
const versionOf = async (accountId: string) =>
  (await bank.store.load(toAccountAggregateId(accountId))).version;

describe('commands', () => {
  it('open, move money, and close', async () => {
    const opened = await ops(
      'open --account cli-1 --owner Ann --currency EUR --overdraft 10 --command-id c1 --json',
    );
    expect(opened).toMatchObject({ code: 0, err: '' });
    expect(json(opened.out)).toEqual({
      commandId: 'c1',
      tokens: [{ aggregateId: 'account#CLI-1', sequence: 1 }],
      duplicate: false,
    });
    await ops('open --account CLI-2 --owner Ben --currency EUR');
    expect(await ops('deposit --account CLI-1 --amount 20.50 --currency EUR')).toMatchObject({
      code: 0,
      out: expect.stringContaining('CLI-1 is at event 2'),
      err: '',
    });
    await ops('withdraw --account CLI-1 --amount 0.50 --currency EUR --description Fee');
    const moved = await ops('transfer --from CLI-1 --to CLI-2 --amount 20 --currency EUR --json');
    expect(json(moved.out)).toMatchObject({
      tokens: [
        { aggregateId: 'account#CLI-1', sequence: 4 },
        { aggregateId: 'account#CLI-2', sequence: 2 },
      ],
    });
    expect(await ops('close --account CLI-1 --reason Moved')).toMatchObject({ code: 0 });
    const events = await bank.store.read(toAccountAggregateId('CLI-1'));
    expect(events.map(({ eventType, metadata }) => [eventType, metadata.actor])).toEqual([
      ['AccountOpened', 'ops'],
      ['MoneyDeposited', 'ops'],
      ['MoneyWithdrawn', 'ops'],
      ['TransferSent', 'ops'],
      ['AccountClosed', 'ops'],
    ]);
    expect(events[2]?.eventData).toMatchObject({ description: 'Fee' });
  });

  it('are carried out once for one command id', async () => {
    await ops('open --account ONCE --owner Ann --currency EUR');
    const line = 'deposit --account ONCE --amount 5 --currency EUR --command-id once --json';
    const first = json((await ops(line)).out);
    expect(await ops(line)).toMatchObject({ code: 0 });
    expect(json((await ops(line)).out)).toEqual({ ...Object(first), duplicate: true });
    expect(await versionOf('ONCE')).toBe(2);
  });
});

describe('wrong commands say why, and write nothing', () => {
  beforeAll(async () => {
    await ops('open --account BAD --owner Ann --currency EUR --overdraft 5');
    await ops('open --account BAD-2 --owner Ben --currency USD');
    await ops('open --account GONE --owner Cy --currency EUR');
    await ops('close --account GONE');
    await ops('deposit --account BAD --amount 10 --currency EUR --command-id known');
  });

  it.each([
    ['deposit --account NOBODY --amount 1 --currency EUR', 'ACCOUNT_NOT_FOUND'],
    ['withdraw --account NO/BODY --amount 1 --currency EUR', 'ACCOUNT_NOT_FOUND'],
    ['transfer --from BAD --to NOBODY --amount 1 --currency EUR', 'ACCOUNT_NOT_FOUND'],
    ['close --account NOBODY', 'ACCOUNT_NOT_FOUND'],
    ['deposit --account BAD --amount -1 --currency EUR', 'INVALID_AMOUNT'],
    ['withdraw --account BAD --amount -0.01 --currency EUR', 'INVALID_AMOUNT'],
    ['deposit --account BAD --amount 1.001 --currency EUR', 'INVALID_AMOUNT'],
    ['transfer --from BAD --to GONE --amount 0.005 --currency EUR', 'INVALID_AMOUNT'],
    ['deposit --account BAD --amount ten --currency EUR', 'INVALID_AMOUNT'],
    ['deposit --account BAD --amount 0 --currency EUR', 'INVALID_AMOUNT'],
    ['deposit --account BAD --amount 1 --currency USD', 'CURRENCY_MISMATCH'],
    ['transfer --from BAD --to BAD-2 --amount 1 --currency EUR', 'CURRENCY_MISMATCH'],
    ['deposit --account BAD --amount 1 --currency XYZ', 'INVALID_INPUT'],
    ['withdraw --account BAD --amount 15.01 --currency EUR', 'OVERDRAFT_LIMIT_EXCEEDED'],
    ['transfer --from BAD --to GONE --amount 99 --currency EUR', 'ACCOUNT_CLOSED'],
    ['deposit --account GONE --amount 1 --currency EUR', 'ACCOUNT_CLOSED'],
    ['close --account BAD', 'BALANCE_NOT_ZERO'],
    ['transfer --from BAD --to bad --amount 1 --currency EUR', 'SAME_ACCOUNT'],
    ['deposit --account BAD --amount 1 --currency EUR --description HUGE', 'TEXT_TOO_LONG'],
    ['deposit --account BAD --amount 1 --currency EUR --counterparty HUGE', 'TEXT_TOO_LONG'],
    ['open --account NEW --owner HUGE --currency EUR', 'TEXT_TOO_LONG'],
    ['open --account bad --owner Ann --currency EUR', 'ACCOUNT_NUMBER_TAKEN'],
    ['open --account NEW --owner Ann --currency EUR --overdraft -1', 'INVALID_AMOUNT'],
    ['deposit --account BAD --amount 11 --currency EUR --command-id known', 'COMMAND_ID_REUSED'],
    ['withdraw --account BAD --amount 10 --currency EUR --command-id known', 'COMMAND_ID_REUSED'],
    ['deposit --account BAD --currency EUR', 'INVALID_INPUT'],
    ['deposit --account BAD --amount 1 --currency EUR --colour red', 'INVALID_INPUT'],
    ['deposit --account BAD --amount 1 --currency EUR surplus', 'INVALID_INPUT'],
    ['steal --account BAD', 'INVALID_INPUT'],
    ['import /nowhere.csv --currency CZK', 'INVALID_INPUT'],
    ['import /tmp --currency CZK', 'INVALID_INPUT'],
    ['import /nowhere.csv --currency CZK --on-error perhaps', 'INVALID_INPUT'],
    ['state NOBODY', 'AGGREGATE_NOT_FOUND'],
    ['state NO/BODY --at 1', 'AGGREGATE_NOT_FOUND'],
    ['state ship#BAD', 'AGGREGATE_TYPE_UNKNOWN'],
    ['state BAD --at 3', 'SEQUENCE_NOT_FOUND'],
    ['state BAD --at -1', 'INVALID_INPUT'],
    ['state BAD --at 1993-06-30T12:00', 'INVALID_INPUT'],
    ['state BAD --at yesterday', 'INVALID_INPUT'],
  ])('%s', async (wrong, errorCode) => {
    const line = wrong.replace('HUGE', 'x'.repeat(5_000));
    const plain = await ops(line);
    expect(plain).toMatchObject({ code: 1, out: '' });
    expect(plain.err).toMatch(new RegExp(`^${errorCode}: .{10,}\n$`));
    expect(plain.err.length).toBeLessThan(400);

    const { code, out } = await ops(`${line} --json`);
    expect(code).toBe(1);
    expect(json(out)).toEqual({ error: { code: errorCode, message: expect.any(String) } });

    const versions = await Promise.all(['BAD', 'BAD-2', 'GONE', 'NEW', 'NOBODY'].map(versionOf));
    expect(versions).toEqual([2, 1, 2, 0, 0]);
  });
});

describe('readings', () => {
  beforeAll(async () => {
    await ops('open --account READ --owner Ann --currency JPY');
    await ops('deposit --account READ --amount 500 --currency JPY');
    await bank.settle();
  });

  it('accounts: one object per line', async () => {
    const { code, out, err } = await ops('accounts --json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const lines = out.trimEnd().split('\n').map(json);
    expect(lines).toContainEqual({
      accountId: 'READ',
      number: 'READ',
      owner: 'Ann',
      currency: 'JPY',
      balance: '500',
      status: 'open',
      version: 2,
    });
    expect(await ops('accounts')).toMatchObject({ out: expect.stringMatching(/READ +Ann +500/) });
  });

  it('state: now, after a sequence, and at a time', async () => {
    const now = json((await ops('state read --json')).out);
    expect(now).toMatchObject({
      aggregateId: 'account#READ',
      accountId: 'READ',
      version: 2,
      status: 'open',
      balance: '500',
    });
    const first = json((await ops('state READ --at 1 --json')).out);
    expect(first).toMatchObject({ version: 1, balance: '0' });
    const { openedAt } = Object(first);
    expect(json((await ops(`state READ --at ${openedAt} --json`)).out)).toMatchObject({
      openedAt,
    });
    const before = json((await ops('state READ --at 2001-01-01T00:00:00Z --json')).out);
    expect(before).toEqual({
      aggregateId: 'account#READ',
      accountId: 'READ',
      version: 0,
      status: 'unopened',
    });
  });

  it('lag: every consumer and projection', async () => {
    const { code, out } = await ops('lag --json');
    expect(code).toBe(0);
    expect(json(out)).toMatchObject({
      consumers: [
        { name: 'journal', status: 'down', checkpoint: null },
        { name: 'hot-views', status: 'down', checkpoint: null },
      ],
      projections: [
        { name: 'accounts', eventsBehind: 0, secondsBehind: 0, checkpoint: expect.any(Number) },
        { name: 'transactions' },
        { name: 'daily-balances' },
        { name: 'account-summaries' },
      ],
    });
  });

  it('help is not a failure', async () => {
    expect(await ops('import --help')).toMatchObject({
      code: 0,
      out: expect.stringContaining('accepted (rows booked now)'),
    });
  });
});
