import { expect, it } from 'vitest';
import { toPaletteGroups } from './palette-entries.ts';

const actions = [
  { id: 'open', label: 'Open an account', group: 'All', run: () => {}, inPalette: true },
  { id: 'next', label: 'Next account', group: 'List', run: () => {}, keys: 'j' },
];

function labels(query: string, found?: Parameters<typeof toPaletteGroups>[1]) {
  return toPaletteGroups(query, found, actions).map(({ label, entries }) => [
    label,
    ...entries.map((entry) => entry.label),
  ]);
}

it('offers pages and the actions that are meant for it before anything is typed', () => {
  expect(labels('')).toEqual([
    ['Pages', 'Overview', 'Accounts', 'Events', 'Projections'],
    ['Actions', 'Open an account'],
  ]);
});

it('narrows by what is typed, and leaves out empty groups', () => {
  expect(labels(' ACCOUNT ')).toEqual([
    ['Pages', 'Accounts'],
    ['Actions', 'Open an account'],
  ]);
  expect(labels('zzz')).toEqual([]);
});

it('puts what the server found first', () => {
  const found = {
    accounts: [{ accountId: 'CZ1', owner: 'Jana', currency: 'CZK' }],
    events: [{ eventId: 'e-1', eventType: 'MoneyDeposited', accountId: 'CZ1' }],
  };
  expect(labels('jana', found)).toEqual([
    ['Accounts', 'Jana'],
    ['Events', 'Money deposited · CZ1'],
  ]);
});
