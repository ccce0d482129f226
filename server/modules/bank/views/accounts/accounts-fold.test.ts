import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyHistory, toHistory, toSimpleHistory } from '#server/testing/account-histories.ts';
import { anyRedeliveryOf } from '#server/testing/redeliveries.ts';
import { evolve, initialState } from '../../domain/account-state.ts';
import type { AccountsRow } from './accounts-fold.ts';
import { accountsView } from './accounts-view.ts';

type History = ReturnType<typeof toHistory>;

/** The row after more of the account's events. */
function fold(row: AccountsRow | undefined, events: History) {
  return accountsView.fold({ version: row?.version ?? 0, row }, events, 'A1').held.row;
}

describe('the view accounts', () => {
  it('holds all details of a closed account', () => {
    const events = toHistory('A1', {
      steps: [
        { type: 'MoneyDeposited', amount: 700n, hoursLater: 4 },
        { type: 'TransferSent', amount: 700n, hoursLater: 1 },
      ],
      closed: true,
    });
    expect(fold(undefined, events)).toEqual({
      accountId: 'A1',
      number: 'A1',
      owner: 'Owner of A1',
      currency: 'EUR',
      overdraftLimit: 100_000_000n,
      balance: 0n,
      status: 'closed',
      openedAt: new Date('2026-01-30T21:00:00.000Z'),
      closedAt: new Date('2026-01-31T02:00:00.000Z'),
      lastActivityAt: new Date('2026-01-31T02:00:00.000Z'),
      version: 4,
    });
  });

  it('says the same as the domain’s own fold', () => {
    fc.assert(
      fc.property(anyHistory, (events) => {
        const state = events.reduce(evolve, initialState);
        const row = fold(undefined, events);
        expect(state).toMatchObject({
          status: row?.status,
          balance: row?.balance,
          owner: row?.owner,
          openedAt: row?.openedAt.toISOString(),
          lastEventAt: row?.lastActivityAt.toISOString(),
        });
      }),
    );
  });

  it('comes to the same row by any batches and redeliveries', () => {
    const anyDelivery = anyHistory.chain((events) =>
      fc.tuple(fc.constant(events), anyRedeliveryOf(events)),
    );
    fc.assert(
      fc.property(anyDelivery, ([events, batches]) => {
        const row = batches.reduce<AccountsRow | undefined>(fold, undefined);
        expect(row).toEqual(fold(undefined, events));
        expect(fold(row, events)).toBe(row);
      }),
    );
  });

  it('throws at a gap', () => {
    const events = toSimpleHistory('A1', 4);
    expect(() => fold(undefined, events.slice(1))).toThrow('Event 2 of account#A1 came');
    const row = fold(undefined, events.slice(0, 2));
    expect(() => fold(row, events.slice(3))).toThrow('up to 2 only');
  });
});
