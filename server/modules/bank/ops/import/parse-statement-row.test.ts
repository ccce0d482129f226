import { describe, expect, it } from 'vitest';
import { parseStatementRow } from './parse-statement-row.ts';
import type { StatementFields } from './statement-columns.ts';

const fields: StatementFields = {
  account_id: '42',
  date: '1993-02-28',
  trans_id: '900',
  direction: 'withdrawal',
  operation: 'remittance-out',
  amount: '1250.50',
  balance_after: '10.00',
  purpose: 'loan-payment',
  counterparty_bank: 'QX',
  counterparty_account: '12345678',
};

describe('a row of a statement', () => {
  it('becomes a movement', () => {
    expect(parseStatementRow(fields, 'CZK')).toEqual({
      accountId: '42',
      date: '1993-02-28',
      transactionId: '900',
      direction: 'withdrawal',
      amount: 125_050n,
      description: 'remittance-out: loan-payment',
      counterparty: '12345678/QX',
    });
  });

  it('may say nothing of purpose, operation and the other end', () => {
    const silent = { operation: '', purpose: '', counterparty_bank: '', counterparty_account: '' };
    const row = parseStatementRow({ ...fields, ...silent }, 'CZK');
    expect(row).toMatchObject({ description: undefined, counterparty: undefined });
  });

  it('keeps what there is of an other end', () => {
    const row = parseStatementRow({ ...fields, counterparty_bank: '' }, 'CZK');
    expect(row.counterparty).toBe('12345678');
  });

  it.each<[string, Partial<StatementFields>, string]>([
    ['no account', { account_id: '' }, 'INVALID_INPUT'],
    ['an account that is no number', { account_id: 'a/b' }, 'INVALID_INPUT'],
    ['a day that does not exist', { date: '1993-02-30' }, 'INVALID_INPUT'],
    ['a day in another notation', { date: '28.02.1993' }, 'INVALID_INPUT'],
    ['no day', { date: '' }, 'INVALID_INPUT'],
    ['no transaction number', { trans_id: '' }, 'INVALID_INPUT'],
    ['a huge transaction number', { trans_id: '9'.repeat(101) }, 'INVALID_INPUT'],
    ['an unknown direction', { direction: 'sideways' }, 'INVALID_INPUT'],
    ['a negative amount', { amount: '-1.00' }, 'INVALID_AMOUNT'],
    ['an amount of nothing', { amount: '0.00' }, 'INVALID_AMOUNT'],
    ['a fraction of a cent', { amount: '1.005' }, 'INVALID_AMOUNT'],
    ['an amount in words', { amount: 'ten' }, 'INVALID_AMOUNT'],
    ['no amount', { amount: '' }, 'INVALID_AMOUNT'],
    ['a decimal comma', { amount: '1,50' }, 'INVALID_AMOUNT'],
    ['an exponent', { amount: '1e3' }, 'INVALID_AMOUNT'],
    ['more than one movement can be', { amount: '9999999999999.00' }, 'INVALID_AMOUNT'],
    ['a huge description', { purpose: 'x'.repeat(5_000) }, 'TEXT_TOO_LONG'],
    ['a huge counterparty', { counterparty_account: '1'.repeat(300) }, 'TEXT_TOO_LONG'],
  ])('is refused: %s', (_name, change, code) => {
    expect(() => parseStatementRow({ ...fields, ...change }, 'CZK')).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('is judged by the decimals of its currency', () => {
    const row = { ...fields, amount: '1.5' };
    expect(() => parseStatementRow(row, 'JPY')).toThrow(/JPY has 0/);
    expect(parseStatementRow({ ...row, amount: '1.555' }, 'KWD').amount).toBe(1_555n);
  });
});
