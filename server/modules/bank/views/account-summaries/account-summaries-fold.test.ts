import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyHistory, toHistory, toSimpleHistory } from '#server/testing/account-histories.ts';
import { anyRedeliveryOf } from '#server/testing/redeliveries.ts';
import { foldTransactions } from '../transactions/transactions-fold.ts';
import {
  type AccountMonthsRow,
  type AccountSummariesRow,
  foldAccountSummary,
} from './account-summaries-fold.ts';

const NOTHING = { summary: undefined, months: [] };

describe('foldAccountSummary', () => {
  it('counts, adds up and keeps the extremes', () => {
    const events = toHistory('A1', {
      steps: [
        { type: 'MoneyWithdrawn', amount: 900n, hoursLater: 1 },
        { type: 'MoneyDeposited', amount: 700n, hoursLater: 48 },
        { type: 'TransferReceived', amount: 1_000n, hoursLater: 1 },
        { type: 'TransferSent', amount: 300n, hoursLater: 30 * 24 },
        { type: 'TransferSent', amount: 200n, hoursLater: 1 },
      ],
    });
    const { summary, months } = foldAccountSummary(NOTHING, events);
    expect(summary).toEqual({
      accountId: 'A1',
      currency: 'EUR',
      balance: 300n,
      deposits: 1,
      withdrawals: 1,
      transfersIn: 1,
      transfersOut: 2,
      totalIn: 1_700n,
      totalOut: 1_400n,
      largestIn: 1_000n,
      largestOut: 900n,
      lowestBalance: -900n,
      highestBalance: 800n,
      version: 6,
    });
    expect(months).toEqual([
      { accountId: 'A1', month: '2026-01', totalIn: 0n, totalOut: 900n },
      { accountId: 'A1', month: '2026-02', totalIn: 1_700n, totalOut: 0n },
      { accountId: 'A1', month: '2026-03', totalIn: 0n, totalOut: 500n },
    ]);
  });

  it('agrees with the ledger', () => {
    fc.assert(
      fc.property(anyHistory, (events) => {
        const balances = [
          0n,
          ...foldTransactions(undefined, events).map((row) => row.balanceAfter),
        ];
        const sorted = balances.toSorted((a, b) => (a < b ? -1 : 1));
        const { summary, months } = foldAccountSummary(NOTHING, events);
        expect(summary).toMatchObject({
          balance: balances.at(-1),
          lowestBalance: sorted[0],
          highestBalance: sorted.at(-1),
          totalIn: months.reduce((sum, month) => sum + month.totalIn, 0n),
          totalOut: months.reduce((sum, month) => sum + month.totalOut, 0n),
        });
      }),
    );
  });

  it('comes to the same rows by any batches and redeliveries', () => {
    const anyDelivery = anyHistory.chain((events) =>
      fc.tuple(fc.constant(events), anyRedeliveryOf(events)),
    );
    fc.assert(
      fc.property(anyDelivery, ([events, batches]) => {
        let summary: AccountSummariesRow | undefined;
        const months = new Map<string, AccountMonthsRow>();
        for (const batch of batches) {
          const changed = foldAccountSummary({ summary, months: [...months.values()] }, batch);
          summary = changed.summary ?? summary;
          for (const row of changed.months) {
            months.set(row.month, row);
          }
        }
        const held = { summary, months: [...months.values()] };
        expect(held).toEqual(foldAccountSummary(NOTHING, events));
        expect(foldAccountSummary(held, events)).toEqual(NOTHING);
      }),
    );
  });

  it('throws at a gap', () => {
    const events = toSimpleHistory('A1', 4);
    expect(() => foldAccountSummary(NOTHING, events.slice(1))).toThrow('up to 0 only');
    const held = foldAccountSummary(NOTHING, events.slice(0, 2));
    expect(() => foldAccountSummary(held, events.slice(3))).toThrow('up to 2 only');
  });
});
