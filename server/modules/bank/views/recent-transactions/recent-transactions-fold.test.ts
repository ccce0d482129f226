import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyHistory, toHistory, toSimpleHistory } from '#server/testing/account-histories.ts';
import { anyRedeliveryOf } from '#server/testing/redeliveries.ts';
import { foldTransactions } from '../transactions/transactions-fold.ts';
import {
  foldRecentTransactions,
  RECENT_TRANSACTIONS,
  type RecentTransactions,
  recentTransactionsSchema,
} from './recent-transactions-fold.ts';
import { recentTransactionsView } from './recent-transactions-view.ts';

describe('foldRecentTransactions', () => {
  it('holds a movement as the console shows it', () => {
    const steps = [{ type: 'MoneyDeposited', amount: 700n, hoursLater: 4 }] as const;
    expect(foldRecentTransactions(undefined, toHistory('A1', { steps }))).toEqual({
      accountId: 'A1',
      currency: 'EUR',
      balance: '700',
      sequence: 2,
      eventId: 'A1-2',
      transactions: [
        {
          eventId: 'A1-2',
          sequence: 2,
          type: 'deposit',
          amount: '700',
          balanceAfter: '700',
          currency: 'EUR',
          description: 'Salary',
          counterparty: 'X',
          bookedAt: '2026-01-31T01:00:00.000Z',
        },
      ],
    });
  });

  it('keeps the newest of the complete history, by any batches and redeliveries', () => {
    const anyDelivery = anyHistory.chain((events) =>
      fc.tuple(fc.constant(events), anyRedeliveryOf(events)),
    );
    fc.assert(
      fc.property(anyDelivery, ([events, batches]) => {
        let item: RecentTransactions | undefined;
        for (const batch of batches) {
          item = foldRecentTransactions(item, batch);
        }
        const { transactions, balance, sequence } = recentTransactionsSchema.parse(item);
        const complete = foldTransactions(undefined, events).toReversed();
        expect(sequence).toBe(events.length);
        expect(balance).toBe(`${complete[0]?.balanceAfter ?? 0n}`);
        expect(transactions).toEqual(
          complete
            .slice(0, RECENT_TRANSACTIONS)
            .map(({ accountId: _, amount, balanceAfter, bookedAt, ...row }) => ({
              ...row,
              amount: `${amount}`,
              balanceAfter: `${balanceAfter}`,
              bookedAt: bookedAt.toISOString(),
            })),
        );
        expect(foldRecentTransactions(item, events)).toBe(item);
      }),
    );
  });

  it('throws at a gap', () => {
    const events = toSimpleHistory('A1', 4);
    expect(() => foldRecentTransactions(undefined, events.slice(1))).toThrow('up to 0 only');
  });
});

describe('recentTransactionsView', () => {
  it('reads what it writes', () => {
    const item = foldRecentTransactions(undefined, toSimpleHistory('A1', 30));
    expect(item?.transactions).toHaveLength(RECENT_TRANSACTIONS);
    expect(item && recentTransactionsView.parse(recentTransactionsView.toItem(item))).toEqual(item);
  });
});
