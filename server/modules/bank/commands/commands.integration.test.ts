import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import { runCommand } from '#server/runtime/commands/command.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { toRecordedEvent } from '#server/testing/event-codec.ts';
import { freshAccount } from '#server/testing/event-store-contract.ts';
import { loadAccount } from '#server/testing/load-account.ts';
import { createTestWriteSide } from '#server/testing/write-side.ts';
import { closeAccount } from './close-account.ts';
import { deposit, withdraw } from './move-money.ts';
import { openAccount } from './open-account.ts';
import { transfer } from './transfer.ts';

const dynamo = await createTestDynamo();
const { store, context, openFresh, handler, failures } = createTestWriteSide(dynamo);

afterAll(async () => {
  await handler.close();
  expect(failures).toEqual([]);
  dynamo.close();
});

const EUR = { currency: 'EUR' };

async function eventsOf(accountId: string) {
  return (await store.read(`account#${accountId}`)).map(toRecordedEvent);
}

async function balanceOf(accountId: string) {
  const { state } = await loadAccount(store, accountId);
  return state.status === 'unopened' ? undefined : state.balance;
}

describe('an account’s life', () => {
  it('is written event by event, each with its cause', async () => {
    const number = freshAccount();
    const [first, second] = [context({ correlationId: 'request-1' }), context({ actor: 'Bob' })];
    const opening = { number: ` ${number.toLowerCase()} `, owner: ' Ada ', currency: 'eur' };
    expect(await runCommand(first, openAccount, { ...opening, overdraftLimit: '10.00' })).toEqual({
      commandId: first.commandId,
      tokens: [{ aggregateId: `account#${number}`, sequence: 1 }],
      duplicate: false,
    });
    const paid = {
      ...EUR,
      accountId: number.toLowerCase(),
      amount: '120.5',
      description: ' rent ',
    };
    expect(await runCommand(second, deposit, { ...paid, counterparty: ' ' })).toMatchObject({
      tokens: [{ aggregateId: `account#${number}`, sequence: 2 }],
    });
    await runCommand(context(), withdraw, { ...EUR, accountId: number, amount: '120.50' });
    await runCommand(context(), closeAccount, { accountId: number, reason: 'moved' });

    const events = await eventsOf(number);
    expect(events).toMatchObject([
      {
        aggregateId: `account#${number}`,
        eventType: 'AccountOpened',
        eventSequence: 1,
        version: 2,
        eventData: { owner: 'Ada', number, currency: 'EUR', overdraftLimit: 10_00n },
        correlationId: 'request-1',
        causationId: first.commandId,
        metadata: { actor: 'tester', commandId: first.commandId, commandType: 'OpenAccount' },
      },
      {
        eventType: 'MoneyDeposited',
        eventData: { amount: 120_50n, description: 'rent' },
        metadata: { actor: 'Bob', commandType: 'Deposit' },
      },
      { eventType: 'MoneyWithdrawn', eventData: { amount: 120_50n } },
      { eventType: 'AccountClosed', eventData: { reason: 'moved' } },
    ]);
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(4);
    expect(await store.getCommand(first.commandId)).toMatchObject({ correlationId: 'request-1' });
  });

  it.each([
    ['JPY', '500', 500n],
    ['EUR', '5', 500n],
    ['KWD', '0.500', 500n],
  ])('counts the minor units of %s', async (currency, amount, minor) => {
    const accountId = await openFresh({ currency });
    await runCommand(context(), deposit, { accountId, amount, currency });
    expect(await balanceOf(accountId)).toBe(minor);
  });

  it('moves both legs of a transfer under one command', async () => {
    const [from, to] = [await openFresh({ overdraftLimit: '5' }), await openFresh()];
    const ctx = context();
    const asked = { ...EUR, fromAccountId: from, toAccountId: to.toLowerCase(), amount: '5.00' };
    expect(await runCommand(ctx, transfer, asked)).toMatchObject({
      tokens: [
        { aggregateId: `account#${from}`, sequence: 2 },
        { aggregateId: `account#${to}`, sequence: 2 },
      ],
    });
    const [[, sent], [, received]] = [await eventsOf(from), await eventsOf(to)];
    expect(sent).toMatchObject({ eventData: { counterparty: to, transferId: ctx.commandId } });
    expect(received).toMatchObject({
      eventData: { counterparty: from, transferId: ctx.commandId },
    });
    expect(sent?.timestamp).toBe(received?.timestamp);
    expect([await balanceOf(from), await balanceOf(to)]).toEqual([-5_00n, 5_00n]);
  });

  it('takes the booking time of an imported movement', async () => {
    const number = freshAccount();
    const bookedAt = '1995-03-24T00:00:00.000Z';
    await runCommand(context(), openAccount, { number, owner: 'Ada', ...EUR, bookedAt });
    const next = '1995-03-24T00:00:00.001Z';
    await runCommand(context(), deposit, {
      accountId: number,
      amount: '1',
      ...EUR,
      bookedAt: next,
    });
    expect((await eventsOf(number)).map(({ timestamp }) => timestamp)).toEqual([bookedAt, next]);
    await expect(
      runCommand(context(), deposit, { accountId: number, amount: '1', ...EUR, bookedAt }),
    ).rejects.toMatchObject({ code: 'TIME_BEFORE_LAST_EVENT', field: 'bookedAt' });
  });
});

describe('wrong inputs', () => {
  it.each([
    ['ACCOUNT_NOT_FOUND', { accountId: 'NOBODY' }, 'accountId'],
    ['ACCOUNT_NOT_FOUND', { accountId: 'no such/account' }, 'accountId'],
    ['INVALID_AMOUNT', { amount: '-5' }, 'amount'],
    ['INVALID_AMOUNT', { amount: '0.00' }, 'amount'],
    ['INVALID_AMOUNT', { amount: '1.005' }, 'amount'],
    ['INVALID_AMOUNT', { amount: '1e3' }, 'amount'],
    ['INVALID_AMOUNT', { amount: '9'.repeat(18) }, 'amount'],
    ['CURRENCY_MISMATCH', { currency: 'USD' }, 'amount'],
    ['CURRENCY_MISMATCH', { currency: 'jpy' }, 'amount'],
    ['INVALID_INPUT', { currency: 'XXX' }, 'currency'],
    ['INVALID_INPUT', { currency: '' }, 'currency'],
    ['INVALID_INPUT', { amount: '' }, 'amount'],
    ['INVALID_INPUT', { amount: 5 }, 'amount'],
    ['INVALID_INPUT', { accountId: undefined }, 'accountId'],
    ['INVALID_INPUT', { bookedAt: 'yesterday' }, 'bookedAt'],
    ['INVALID_INPUT', { bookedAt: '2026-01-01T00:00:00Z' }, 'bookedAt'],
    ['TEXT_TOO_LONG', { description: 'x'.repeat(201) }, 'description'],
    ['TEXT_TOO_LONG', { description: 'x'.repeat(1_000_000) }, 'description'],
    ['TIME_IN_FUTURE', { bookedAt: '2999-01-01T00:00:00.000Z' }, 'bookedAt'],
  ])('are refused with %s for %j, and nothing is written', async (code, wrong, field) => {
    const accountId = await openFresh();
    const ctx = context();
    await expect(
      runCommand(ctx, deposit, { accountId, amount: '5', ...EUR, ...wrong }),
    ).rejects.toMatchObject({
      name: 'PlayheadError',
      code,
      field,
    });
    expect(await eventsOf(accountId)).toHaveLength(1);
    expect(await store.getCommand(ctx.commandId)).toBeUndefined();
  });

  it.each([undefined, null, 'text', []])('are refused when they are %j', async (input) => {
    await expect(runCommand(context(), transfer, input)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await expect(runCommand(context(), closeAccount, input)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it.each(['', ' ', 'x'.repeat(201)])(
    'are refused under the command id “%s”',
    async (commandId) => {
      await expect(
        runCommand(context({ commandId }), openAccount, {
          number: freshAccount(),
          owner: 'Ada',
          ...EUR,
        }),
      ).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'commandId' });
    },
  );

  it.each(['', 'A#1'])('cannot open an account under the number “%s”', async (number) => {
    await expect(
      runCommand(context(), openAccount, { number, owner: 'Ada', ...EUR }),
    ).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: 'number',
    });
  });

  it.each(['-1', '1.005', 'much'])('cannot grant an overdraft of %s', async (overdraftLimit) => {
    await expect(
      runCommand(context(), openAccount, {
        number: freshAccount(),
        owner: 'Ada',
        ...EUR,
        overdraftLimit,
      }),
    ).rejects.toMatchObject({ code: 'INVALID_AMOUNT', field: 'overdraftLimit' });
  });
});

describe('several processes', () => {
  it('see each other’s events, however much each remembers', async () => {
    const other = createTestWriteSide(dynamo);
    const accountId = await openFresh();
    for (let round = 1; round <= 5; round += 1) {
      await runCommand(context(), deposit, { accountId, amount: '1', ...EUR });
      await runCommand(other.context(), withdraw, { accountId, amount: '1', ...EUR });
    }
    expect(await loadAccount(store, accountId)).toMatchObject({
      version: 11,
      state: { balance: 0n },
    });
  });

  it('leave snapshots behind as they go', async () => {
    const accountId = await openFresh();
    for (let round = 1; round <= 105; round += 1) {
      await runCommand(context(), deposit, { accountId, amount: '0.01', ...EUR });
    }
    await handler.close();
    const { Items = [] } = await dynamo.documents.send(
      new ScanCommand({ TableName: dynamo.tables.snapshots }),
    );
    expect(Items).toMatchObject([{ eventSequence: 100, state: { balance: '99' } }]);
  });
});
