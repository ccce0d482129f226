import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyHistory, toHistory, toSimpleHistory } from '#server/testing/account-histories.ts';
import { anyRedeliveryOf } from '#server/testing/redeliveries.ts';
import { evolve, initialState } from '../../domain/account-state.ts';
import { foldTransactions, type TransactionsRow } from './transactions-fold.ts';

describe('foldTransactions', () => {
  it('holds every movement with the running balance', () => {
    const events = toHistory('A1', {
      steps: [
        { type: 'MoneyDeposited', amount: 700n, hoursLater: 4 },
        { type: 'MoneyWithdrawn', amount: 900n, hoursLater: 1 },
        { type: 'TransferReceived', amount: 50n, hoursLater: 1 },
      ],
    });
    const row = { accountId: 'A1', currency: 'EUR', description: null };
    expect(foldTransactions(undefined, events)).toEqual([
      {
        ...row,
        sequence: 2,
        eventId: 'A1-2',
        type: 'deposit',
        amount: 700n,
        balanceAfter: 700n,
        description: 'Salary',
        counterparty: 'X',
        bookedAt: new Date('2026-01-31T01:00:00.000Z'),
      },
      {
        ...row,
        sequence: 3,
        eventId: 'A1-3',
        type: 'withdrawal',
        amount: 900n,
        balanceAfter: -200n,
        counterparty: null,
        bookedAt: new Date('2026-01-31T02:00:00.000Z'),
      },
      {
        ...row,
        sequence: 4,
        eventId: 'A1-4',
        type: 'transfer-in',
        amount: 50n,
        balanceAfter: -150n,
        counterparty: 'OTHER',
        bookedAt: new Date('2026-01-31T03:00:00.000Z'),
      },
    ]);
  });

  it('ends at the domain’s balance', () => {
    fc.assert(
      fc.property(anyHistory, (events) => {
        const balance = foldTransactions(undefined, events).at(-1)?.balanceAfter ?? 0n;
        expect(events.reduce(evolve, initialState)).toMatchObject({ balance });
      }),
    );
  });

  it('comes to the same rows by any batches and redeliveries', () => {
    const anyDelivery = anyHistory.chain((events) =>
      fc.tuple(fc.constant(events), anyRedeliveryOf(events)),
    );
    fc.assert(
      fc.property(anyDelivery, ([events, batches]) => {
        const rows: TransactionsRow[] = [];
        for (const batch of batches) {
          rows.push(...foldTransactions(rows.at(-1), batch));
        }
        expect(rows).toEqual(foldTransactions(undefined, events));
        expect(foldTransactions(rows.at(-1), events)).toEqual([]);
      }),
    );
  });

  it('throws at a gap', () => {
    const events = toSimpleHistory('A1', 4);
    expect(() => foldTransactions(undefined, events.slice(2))).toThrow('up to 1 only');
    const rows = foldTransactions(undefined, events.slice(0, 2));
    expect(() => foldTransactions(rows.at(-1), events.slice(3))).toThrow('up to 2 only');
  });
});
