import { describe, it } from 'vitest';
import { MAX_AMOUNT } from '#lib/money.ts';
import { expectThat, NOW, stateAfter } from '#server/testing/given.ts';
import { closed, deposited, minute, opened } from '#server/testing/sample-events.ts';
import type { AccountEvent } from './account-events.ts';
import { decideTransfer } from './decide-transfer.ts';

const transfer = {
  at: NOW,
  transferId: 'T-1',
  fromAccountId: 'A-1',
  toAccountId: 'B-2',
  amount: 70n,
  currency: 'EUR',
};
const funded = [opened(), deposited(100n)];

function between(
  from: readonly AccountEvent[],
  to: readonly AccountEvent[],
  changes: Partial<typeof transfer & { description: string }> = {},
) {
  const command = { ...transfer, ...changes };
  return expectThat(decideTransfer(command, stateAfter(...from), stateAfter(...to)));
}

describe('decideTransfer', () => {
  it('brings both legs, each naming the other end', () => {
    const leg = { transferId: 'T-1', amount: 70n, currency: 'EUR', description: 'rent' };
    between(funded, [opened()], { description: 'rent' }).brings({
      'account#A-1': [{ eventType: 'TransferSent', eventData: { ...leg, counterparty: 'B-2' } }],
      'account#B-2': [
        { eventType: 'TransferReceived', eventData: { ...leg, counterparty: 'A-1' } },
      ],
    });
  });

  it('happens at one moment, not before the last event of either end', () => {
    const leg = { transferId: 'T-1', amount: 70n, currency: 'EUR' };
    between(funded, [opened(), deposited(1n), deposited(1n)], { at: minute(0) }).brings(
      {
        'account#A-1': [{ eventType: 'TransferSent', eventData: { ...leg, counterparty: 'B-2' } }],
        'account#B-2': [
          { eventType: 'TransferReceived', eventData: { ...leg, counterparty: 'A-1' } },
        ],
      },
      minute(3),
    );
  });

  it.each(['A-1', 'B-2'])('refuses %s at both ends', (id) => {
    between(funded, [opened()], { fromAccountId: id, toAccountId: id }).isRejected(
      'SAME_ACCOUNT',
      new RegExp(`both ends are ${id}`),
      'toAccountId',
    );
  });

  it('refuses an end that is not there', () => {
    between([], [opened()]).isRejected('ACCOUNT_NOT_FOUND', /no account A-1/, 'fromAccountId');
    between(funded, []).isRejected('ACCOUNT_NOT_FOUND', /no account B-2/, 'toAccountId');
  });

  it('refuses an end that is closed', () => {
    const ended = [opened(), closed()];
    between(ended, [opened()]).isRejected('ACCOUNT_CLOSED', /A-1 was closed/, 'fromAccountId');
    between(funded, ended).isRejected('ACCOUNT_CLOSED', /B-2 was closed/, 'toAccountId');
  });

  it('refuses another currency at either end, and an unknown one', () => {
    const inYen = [opened({ currency: 'JPY' })];
    between(inYen, [opened()]).isRejected('CURRENCY_MISMATCH', /A-1 is kept in JPY/);
    between(funded, inYen).isRejected('CURRENCY_MISMATCH', /B-2 is kept in JPY/);
    between(funded, [opened()], { currency: 'XXX' }).isRejected('INVALID_INPUT', /ISO 4217/);
  });

  it.each([0n, -1n, MAX_AMOUNT + 1n])('refuses to move %d', (amount) => {
    between(funded, [opened()], { amount }).isRejected('INVALID_AMOUNT', /EUR/, 'amount');
  });

  it.each([101n, MAX_AMOUNT])('refuses %d, which the sender does not have', (amount) => {
    between(funded, [opened()], { amount }).isRejected(
      'OVERDRAFT_LIMIT_EXCEEDED',
      /Account A-1 has 1\.00 EUR/,
    );
  });

  it.each([70n, 1n])('refuses %d where the receiver is full', (amount) => {
    const full = Array.from({ length: 1_000 }, () => deposited(MAX_AMOUNT));
    between(funded, [opened(), ...full], { amount }).isRejected(
      'BALANCE_LIMIT_EXCEEDED',
      /Account B-2 can hold at most/,
    );
  });

  it.each([201, 50_000])('refuses a description of %d characters', (length) => {
    between(funded, [opened()], { description: 'x'.repeat(length) }).isRejected(
      'TEXT_TOO_LONG',
      /at most 200/,
      'description',
    );
  });
});
