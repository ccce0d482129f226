import { describe, expect, it } from 'vitest';
import { accountBalancesView } from '#server/modules/bank/views/account-balances/account-balances-view.ts';
import { toStoredItem } from '#server/runtime/hot-views/stored-hot-item.ts';
import { toDifferences } from './try-hot-view.ts';

const item = accountBalancesView.parse({
  accountId: 'A',
  viewVersion: accountBalancesView.version,
  sequence: 3,
  eventId: '00000000-0000-4000-8000-000000000003',
  balance: '500',
  overdraftLimit: '0',
  currency: 'EUR',
  owner: 'Ada',
  status: 'open',
  updatedAt: '2026-01-01T00:00:00.000Z',
});
const right = toStoredItem(accountBalancesView, 'A', item);

const differencesOf = (stored: typeof right | undefined, wanted: typeof item | undefined) =>
  toDifferences(accountBalancesView, {
    aggregateId: 'account#A',
    stored,
    item: wanted,
    failedAt: undefined,
  }).map(({ field, actual, expected }) => [field, actual, expected]);

describe('what a rebuild would change of an item', () => {
  it('is each field that differs, as it is stored, and none that is the same', () => {
    expect(differencesOf({ ...right, owner: 'Eve', viewVersion: 1 }, item)).toEqual([
      ['owner', 'Eve', 'Ada'],
      ['viewVersion', '1', `${accountBalancesView.version}`],
    ]);
  });

  it('is a field that goes away, but not when the item was rebuilt', () => {
    expect(differencesOf({ ...right, odd: 7, rebuiltAt: '2026-01-02T00:00:00Z' }, item)).toEqual([
      ['odd', '7', null],
    ]);
  });

  it('is the whole item where one is missing or has no aggregate', () => {
    expect(differencesOf(undefined, item)).toEqual([['item', null, 'an item']]);
    expect(differencesOf(right, undefined)).toEqual([['item', 'an item', null]]);
  });

  it('says up to which event the item could be folded', () => {
    const change = { aggregateId: 'account#A', stored: undefined, item, failedAt: 4 };
    expect(toDifferences(accountBalancesView, change)).toMatchObject([
      {
        aggregateId: 'account#A',
        view: 'account-balances',
        explanation: expect.stringContaining('event 4'),
      },
    ]);
  });
});
