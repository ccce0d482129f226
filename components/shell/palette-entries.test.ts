import { expect, it } from 'vitest';
import { SAMPLE_WORDS } from '#components/console/sample-words.ts';
import { type PaletteOffer, toPaletteGroups } from './palette-entries.ts';

const actions = [
  { id: 'open', label: 'Open an account', group: 'All', run: () => {}, inPalette: true },
  { id: 'next', label: 'Next account', group: 'List', run: () => {}, keys: 'j' },
];

const operations = ['Pause Accounts', 'Retry all dead letters'].map((label) => ({
  id: label,
  label,
  target: { run: () => {} },
}));

function labels(query: string, found?: PaletteOffer['found'], openId: string | null = null) {
  const offer = { found, actions, operations, openId };
  return toPaletteGroups(SAMPLE_WORDS, query, offer).map(({ label, entries }) => [
    label,
    ...entries.map((entry) => entry.label),
  ]);
}

it('offers pages and the actions that are meant for it before anything is typed', () => {
  expect(labels('')).toEqual([
    [
      'Pages',
      'Overview',
      'Accounts',
      'Commands',
      'Events',
      'Projections',
      'Dead letters',
      'Integrity',
      'Audit',
      'Webhooks',
      'API',
    ],
    ['Actions', 'Open an account'],
  ]);
});

it('narrows by what is typed, and leaves out empty groups', () => {
  expect(labels(' ACCOUNT ')).toEqual([
    ['Pages', 'Accounts'],
    ['Actions', 'Open an account'],
    ['Operations', 'Pause Accounts'],
  ]);
  expect(labels('accounts PAUSE')).toEqual([['Operations', 'Pause Accounts']]);
  expect(labels('retry dead')).toEqual([['Operations', 'Retry all dead letters']]);
  expect(labels('zzz')).toEqual([]);
});

it('puts what the server found first', () => {
  const found = {
    aggregates: [{ aggregateId: 'account#CZ1', title: 'Jana', detail: 'CZ1 · CZK' }],
    events: [{ eventId: 'e-1', eventType: 'MoneyDeposited', aggregateId: 'account#CZ1' }],
  };
  expect(labels('jana', found)).toEqual([
    ['Accounts', 'Jana'],
    ['Events', 'Money deposited · CZ1'],
  ]);
});

it('offers what can be done to what is found, or to what is open', () => {
  const found = {
    aggregates: [{ aggregateId: 'account#CZ1', title: 'Jana', detail: 'CZ1 · CZK' }],
    events: [],
  };
  expect(labels('jana depo', found)[0]).toEqual(['Do', 'Deposit: Jana']);
  expect(labels('deposit', undefined, 'account#CZ2')[0]).toEqual(['Do', 'Deposit: Account CZ2']);
  expect(labels('deposit')).toEqual([]);
  expect(labels('jana', found)[0]).toEqual(['Accounts', 'Jana']);
});
