import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evolve, initialState } from '#server/domain/account/account-state.ts';
import { anyHistory, toHistory, toSimpleHistory } from '#server/testing/account-histories.ts';
import { anyRedeliveryOf } from '#server/testing/redeliveries.ts';
import { type AccountsRow, foldAccount } from './accounts-fold.ts';

describe('foldAccount', () => {
  it('holds all details of a closed account', () => {
    const events = toHistory('A1', {
      steps: [
        { type: 'MoneyDeposited', amount: 700n, hoursLater: 4 },
        { type: 'TransferSent', amount: 700n, hoursLater: 1 },
      ],
      closed: true,
    });
    expect(foldAccount(undefined, events)).toEqual({
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
        const row = foldAccount(undefined, events);
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
        const row = batches.reduce<AccountsRow | undefined>(foldAccount, undefined);
        expect(row).toEqual(foldAccount(undefined, events));
        expect(foldAccount(row, events)).toBe(row);
      }),
    );
  });

  it('throws at a gap', () => {
    const events = toSimpleHistory('A1', 4);
    expect(() => foldAccount(undefined, events.slice(1))).toThrow('Event 2 of account#A1 came');
    const row = foldAccount(undefined, events.slice(0, 2));
    expect(() => foldAccount(row, events.slice(3))).toThrow('up to 2 only');
  });
});
