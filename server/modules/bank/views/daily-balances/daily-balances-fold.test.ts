import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyHistory, toHistory, toSimpleHistory } from '#server/testing/account-histories.ts';
import { anyRedeliveryOf } from '#server/testing/redeliveries.ts';
import { foldTransactions } from '../transactions/transactions-fold.ts';
import { type DailyBalancesRow, foldDailyBalances } from './daily-balances-fold.ts';

describe('foldDailyBalances', () => {
  it('holds a row for each UTC day on which money moved', () => {
    const events = toHistory('A1', {
      steps: [
        { type: 'MoneyDeposited', amount: 700n, hoursLater: 1 },
        { type: 'MoneyWithdrawn', amount: 900n, hoursLater: 1 },
        { type: 'TransferReceived', amount: 50n, hoursLater: 49 },
      ],
      closed: true,
    });
    const row = { accountId: 'A1', currency: 'EUR' };
    expect(foldDailyBalances(undefined, events)).toEqual([
      {
        ...row,
        day: '2026-01-30',
        opening: 0n,
        closing: -200n,
        totalIn: 700n,
        totalOut: 900n,
        movements: 2,
        version: 3,
      },
      {
        ...row,
        day: '2026-02-02',
        opening: -200n,
        closing: -150n,
        totalIn: 50n,
        totalOut: 0n,
        movements: 1,
        version: 4,
      },
    ]);
  });

  it('closes each day as the ledger does', () => {
    fc.assert(
      fc.property(anyHistory, (events) => {
        const ledger = foldTransactions(undefined, events);
        for (const { day, closing } of foldDailyBalances(undefined, events)) {
          const last = ledger.findLast(({ bookedAt }) => bookedAt.toISOString().startsWith(day));
          expect(closing).toBe(last?.balanceAfter);
        }
      }),
    );
  });

  it('comes to the same rows by any batches and redeliveries', () => {
    const anyDelivery = anyHistory.chain((events) =>
      fc.tuple(fc.constant(events), anyRedeliveryOf(events)),
    );
    fc.assert(
      fc.property(anyDelivery, ([events, batches]) => {
        const table = new Map<string, DailyBalancesRow>();
        for (const batch of batches) {
          for (const row of foldDailyBalances([...table.values()].at(-1), batch)) {
            table.set(row.day, row);
          }
        }
        expect([...table.values()]).toEqual(foldDailyBalances(undefined, events));
      }),
    );
  });

  it('throws at a gap', () => {
    const events = toSimpleHistory('A1', 4);
    const rows = foldDailyBalances(undefined, events.slice(0, 2));
    expect(() => foldDailyBalances(rows.at(-1), events.slice(3))).toThrow('up to 2 only');
  });
});
