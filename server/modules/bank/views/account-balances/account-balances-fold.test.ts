import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyHistory, toHistory, toSimpleHistory } from '#server/testing/account-histories.ts';
import { anyRedeliveryOf } from '#server/testing/redeliveries.ts';
import { evolve, initialState } from '../../domain/account-state.ts';
import {
  type AccountBalance,
  accountBalanceSchema,
  foldAccountBalance,
} from './account-balances-fold.ts';

describe('foldAccountBalance', () => {
  it('holds the facts, the balance and the place', () => {
    const steps = [
      { type: 'MoneyDeposited', amount: 700n, hoursLater: 4 },
      { type: 'TransferSent', amount: 900n, hoursLater: 1 },
    ] as const;
    const events = toHistory('A1', { steps });
    expect(foldAccountBalance(undefined, events)).toEqual({
      accountId: 'A1',
      owner: 'Owner of A1',
      currency: 'EUR',
      balance: '-200',
      overdraftLimit: '100000000',
      status: 'open',
      updatedAt: '2026-01-31T02:00:00.000Z',
      sequence: 3,
      eventId: 'A1-3',
    });
  });

  it('says when the account was closed', () => {
    const events = toHistory('A1', { steps: [], closed: true });
    expect(foldAccountBalance(undefined, events)).toMatchObject({ status: 'closed', sequence: 2 });
  });

  it('agrees with the domain, by any batches and redeliveries', () => {
    const anyDelivery = anyHistory.chain((events) =>
      fc.tuple(fc.constant(events), anyRedeliveryOf(events)),
    );
    fc.assert(
      fc.property(anyDelivery, ([events, batches]) => {
        let item: AccountBalance | undefined;
        for (const batch of batches) {
          item = foldAccountBalance(item, batch);
        }
        const state = events.reduce(evolve, initialState);
        if (state.status === 'unopened') {
          throw new Error('a history begins with the opening');
        }
        expect(accountBalanceSchema.parse(item)).toEqual({
          accountId: 'A1',
          owner: state.owner,
          currency: state.currency,
          balance: state.balance.toString(),
          overdraftLimit: state.overdraftLimit.toString(),
          status: state.status,
          updatedAt: state.lastEventAt,
          sequence: events.length,
          eventId: events.at(-1)?.eventId,
        });
        // The very same item: nothing is to be written.
        expect(foldAccountBalance(item, events)).toBe(item);
      }),
    );
  });

  it('throws at a gap', () => {
    const events = toSimpleHistory('A1', 4);
    expect(() => foldAccountBalance(undefined, events.slice(1))).toThrow('up to 0 only');
  });
});
