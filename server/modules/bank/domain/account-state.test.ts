import { describe, expect, it } from 'vitest';
import { stateAfter } from '#server/testing/given.ts';
import {
  closed,
  deposited,
  minute,
  opened,
  toHistory,
  withdrawn,
} from '#server/testing/sample-events.ts';
import { evolve, initialState } from './account-state.ts';

describe('evolve', () => {
  it('keeps what the opening said, the balance and the times', () => {
    expect(stateAfter(opened({ overdraftLimit: 9n }), deposited(7n), withdrawn(10n))).toEqual({
      status: 'open',
      owner: 'Ada',
      number: 'A-1',
      currency: 'EUR',
      overdraftLimit: 9n,
      balance: -3n,
      openedAt: minute(1),
      lastEventAt: minute(3),
    });
  });

  it('keeps the facts of a closed account', () => {
    expect(stateAfter(opened(), closed())).toMatchObject({
      status: 'closed',
      owner: 'Ada',
      balance: 0n,
      closedAt: minute(2),
      lastEventAt: minute(2),
    });
  });

  it.each([
    [
      'an event before the opening',
      [deposited(1n)],
      /MoneyDeposited on an account that is unopened/,
    ],
    ['a second opening', [opened(), opened()], /AccountOpened on an account that is open/],
    ['an event after the closing', [opened(), closed(), withdrawn(1n)], /that is closed/],
    ['a second closing', [opened(), closed(), closed()], /AccountClosed .* that is closed/],
  ])('throws at %s', (_, events, sentence) => {
    expect(() => toHistory('A-1', events).reduce(evolve, initialState)).toThrow(sentence);
  });
});
