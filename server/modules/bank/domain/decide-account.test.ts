import { describe, it } from 'vitest';
import { MAX_AMOUNT, MAX_BALANCE } from '#lib/money.ts';
import { given, NOW } from '#server/testing/given.ts';
import { closed, deposited, minute, opened, withdrawn } from '#server/testing/sample-events.ts';
import type { AccountCommand } from './account-commands.ts';

type Changes<Type extends AccountCommand['commandType']> = Partial<
  Extract<AccountCommand, { commandType: Type }>
>;

const open = (changes: Changes<'OpenAccount'> = {}): AccountCommand => ({
  commandType: 'OpenAccount',
  at: NOW,
  number: 'A-1',
  owner: 'Ada',
  currency: 'EUR',
  overdraftLimit: 0n,
  ...changes,
});
const move = (
  commandType: 'Deposit' | 'Withdraw',
  amount: bigint,
  changes: Omit<Changes<'Deposit'>, 'commandType'> = {},
): AccountCommand => ({
  commandType,
  at: NOW,
  accountId: 'A-1',
  amount,
  currency: 'EUR',
  ...changes,
});
const close = (changes: Changes<'CloseAccount'> = {}): AccountCommand => ({
  commandType: 'CloseAccount',
  at: NOW,
  accountId: 'A-1',
  ...changes,
});

describe('OpenAccount', () => {
  it('opens an account under the canonical form of its number', () => {
    given()
      .when(open({ number: ' a-1 ', owner: ' Ada ', overdraftLimit: 5_00n }))
      .brings({ 'account#A-1': [opened({ owner: 'Ada', overdraftLimit: 5_00n })] });
  });

  it.each(['', 'A/1', 'A'.repeat(35), '-A'])('refuses the number “%s”', (number) => {
    given()
      .when(open({ number }))
      .isRejected('INVALID_INPUT', /1 to 34 letters/, 'number');
  });

  it.each(['', '   '])('refuses the owner “%s”', (owner) => {
    given()
      .when(open({ owner }))
      .isRejected('INVALID_INPUT', /needs an owner/, 'owner');
  });

  it.each(['EURO', 'XXX', 'eur'])('refuses the currency “%s”', (currency) => {
    given()
      .when(open({ currency }))
      .isRejected('INVALID_INPUT', /ISO 4217/, 'currency');
  });

  it.each([-1n, MAX_BALANCE + 1n])('refuses an overdraft limit of %d', (overdraftLimit) => {
    given()
      .when(open({ overdraftLimit }))
      .isRejected('INVALID_AMOUNT', /overdraft limit/, 'overdraftLimit');
  });

  it.each([101, 5_000])('refuses an owner of %d characters', (length) => {
    given()
      .when(open({ owner: 'x'.repeat(length) }))
      .isRejected('TEXT_TOO_LONG', new RegExp(`${length} characters`), 'owner');
  });

  it.each([
    ['open', [opened()]],
    ['closed', [opened(), closed()]],
  ] as const)('refuses a number whose account is %s', (_, history) => {
    given(...history)
      .when(open({ owner: 'Eve' }))
      .isRejected('ACCOUNT_NUMBER_TAKEN', /A-1 belongs to an account of Ada/, 'number');
  });
});

describe('Deposit and Withdraw', () => {
  const details = { description: 'rent', counterparty: 'Landlord' };

  it('moves money and keeps description and counterparty', () => {
    given(opened())
      .when(move('Deposit', 120n, details))
      .brings({
        'account#A-1': [
          { eventType: 'MoneyDeposited', eventData: { amount: 120n, currency: 'EUR', ...details } },
        ],
      });
  });

  it('lets the balance go down to the overdraft limit exactly', () => {
    given(opened({ overdraftLimit: 50n }), deposited(100n))
      .when(move('Withdraw', 150n))
      .brings({ 'account#A-1': [withdrawn(150n)] });
  });

  it.each([151n, MAX_AMOUNT])('refuses a withdrawal of %d beyond the limit', (amount) => {
    given(opened({ overdraftLimit: 50n }), deposited(100n))
      .when(move('Withdraw', amount))
      .isRejected('OVERDRAFT_LIMIT_EXCEEDED', /has 1\.00 EUR.*0\.50 EUR.*1\.50 EUR are available/);
  });

  it.each(['Deposit', 'Withdraw'] as const)('%s needs an amount above zero', (type) => {
    given(opened())
      .when(move(type, 0n))
      .isRejected('INVALID_AMOUNT', /0\.00 EUR/, 'amount');
    given(opened())
      .when(move(type, -5n))
      .isRejected('INVALID_AMOUNT', /-0\.05 EUR/, 'amount');
    given(opened())
      .when(move(type, MAX_AMOUNT + 1n))
      .isRejected('INVALID_AMOUNT', /at most 1,000,000,000,000\.00 EUR/, 'amount');
  });

  it('refuses a balance over what every store can hold', () => {
    const full = Array.from({ length: 1_000 }, () => deposited(MAX_AMOUNT));
    given(opened(), ...full)
      .when(move('Deposit', 1n))
      .isRejected('BALANCE_LIMIT_EXCEEDED', /at most/, 'amount');
    given(opened(), ...full.slice(1), deposited(MAX_AMOUNT - 1n))
      .when(move('Deposit', 2n))
      .isRejected('BALANCE_LIMIT_EXCEEDED', /at most/, 'amount');
  });

  it.each(['Deposit', 'Withdraw'] as const)('%s needs an account that is there', (type) => {
    given()
      .when(move(type, 1n))
      .isRejected('ACCOUNT_NOT_FOUND', /no account A-1/, 'accountId');
    given(opened(), closed())
      .when(move(type, 1n))
      .isRejected('ACCOUNT_CLOSED', /A-1 was closed on 2026-01-01/, 'accountId');
  });

  it.each(['USD', 'JPY'])('refuses an amount in %s on an account in EUR', (currency) => {
    given(opened(), deposited(100n))
      .when(move('Withdraw', 1n, { currency }))
      .isRejected('CURRENCY_MISMATCH', new RegExp(`kept in EUR; the amount is in ${currency}`));
  });

  it.each(['XXX', 'euro'])('refuses the unknown currency %s', (currency) => {
    given(opened())
      .when(move('Deposit', 1n, { currency }))
      .isRejected('INVALID_INPUT', /ISO 4217/, 'currency');
  });

  it.each(['description', 'counterparty'])('bounds the %s', (field) => {
    given(opened())
      .when(move('Deposit', 1n, { [field]: 'x'.repeat(201) }))
      .isRejected('TEXT_TOO_LONG', /201 characters; at most 200/, field);
    given(opened())
      .when(move('Deposit', 1n, { [field]: 'x'.repeat(200) }))
      .brings({
        'account#A-1': [
          {
            eventType: 'MoneyDeposited',
            eventData: { amount: 1n, currency: 'EUR', [field]: 'x'.repeat(200) },
          },
        ],
      });
  });
});

describe('CloseAccount', () => {
  it('closes an account at zero', () => {
    given(opened(), deposited(5n), withdrawn(5n))
      .when(close())
      .brings({ 'account#A-1': [closed()] });
  });

  it('refuses while money is in it, or owed', () => {
    given(opened(), deposited(5n))
      .when(close())
      .isRejected('BALANCE_NOT_ZERO', /balance of 0\.05 EUR/);
    given(opened({ overdraftLimit: 9n }), withdrawn(5n))
      .when(close())
      .isRejected('BALANCE_NOT_ZERO', /balance of -0\.05 EUR/);
  });

  it('refuses an account that is not open', () => {
    given()
      .when(close())
      .isRejected('ACCOUNT_NOT_FOUND', /no account A-1/);
    given(opened(), closed())
      .when(close())
      .isRejected('ACCOUNT_CLOSED', /was closed on/);
  });

  it.each([201, 10_000])('refuses a reason of %d characters', (length) => {
    given(opened())
      .when(close({ reason: 'x'.repeat(length) }))
      .isRejected('TEXT_TOO_LONG', /at most 200/, 'reason');
  });
});

describe('the time of an event', () => {
  it('is the present, or the last event’s where that is ahead of this clock', () => {
    given(opened())
      .when(move('Deposit', 1n, { at: minute(0) }))
      .brings({ 'account#A-1': [deposited(1n)] }, minute(1));
  });

  it('is the booking time that was asked for, within the account’s last event and now', () => {
    given(opened())
      .when(move('Deposit', 1n, { bookedAt: minute(5) }))
      .brings({ 'account#A-1': [deposited(1n)] }, minute(5));
  });

  it.each([minute(0), '2019-01-01T00:00:00.000Z'])(
    'refuses to book at %s in the past',
    (bookedAt) => {
      given(opened(), deposited(1n))
        .when(move('Deposit', 1n, { bookedAt }))
        .isRejected(
          'TIME_BEFORE_LAST_EVENT',
          /before the account's last event at 2026/,
          'bookedAt',
        );
    },
  );

  it.each([minute(10_002), '2999-01-01T00:00:00.000Z'])(
    'refuses to book at %s in the future',
    (bookedAt) => {
      given()
        .when(open({ bookedAt }))
        .isRejected('TIME_IN_FUTURE', /is in the future/, 'bookedAt');
    },
  );
});

describe('a bank’s booking date', () => {
  it.each([
    ['2026-01-05', '2026-01-05T00:00:00.000Z', 'at the start of its day in UTC'],
    ['2019-01-01', minute(1), 'after the last event, when that is later'],
    ['2026-01-08', NOW, 'now, when it has begun in the east and not in UTC'],
  ])('%s takes effect %s: %s', (bookingDate, timestamp) => {
    const deposit = { eventType: 'MoneyDeposited', eventData: { ...ONE, bookingDate } } as const;
    given(opened())
      .when(move('Deposit', 1n, { bookingDate }))
      .brings({ 'account#A-1': [deposit] }, timestamp);
  });

  it('is refused when it has not begun anywhere', () => {
    given(opened())
      .when(move('Deposit', 1n, { bookingDate: '2026-01-09' }))
      .isRejected('TIME_IN_FUTURE', /2026-01-09 is in the future/, 'bookingDate');
  });
});

const ONE = { amount: 1n, currency: 'EUR' };
