import { expect, it } from 'vitest';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import type { SystemFacts } from './system-facts.ts';
import { toSystemState } from './to-system-state.ts';

const now = new Date('2026-01-01T00:00:00.000Z');
const known = <Facts>(facts: Facts) => ({ facts, failure: null });
const shard = {
  shardId: 'shard-1',
  status: 'running',
  reason: null,
  checkpoint: '1',
  updatedAt: null,
  worker: null,
  error: null,
  eventsBehind: 0,
  atLeast: false,
  secondsBehind: 0,
} as const;
const facts: SystemFacts = {
  registered: TEST_REGISTRY,
  workers: known([]),
  consumers: known([
    { ...shard, name: 'journal' },
    { ...shard, name: 'hot-views' },
  ]),
  hotWaiting: known(new Map()),
  outdated: known([]),
  ping: known(1),
  postgres: { facts: null, failure: { error: new Error('away'), since: '' } },
  troubles: [],
  areTroublesKnown: true,
  now,
};

it('shows hot views whose items may be of another version, and the rebuild that brings all', () => {
  const offer = { view: 'account-balances', heldVersion: 1, codeVersion: 2 };
  expect(toSystemState(facts).consumers).toMatchObject([
    { name: 'journal', status: 'running', reason: null },
    { name: 'hot-views', status: 'running', reason: null },
  ]);
  const waiting = known(new Map([['recent-transactions', 1]]));
  const { consumers, ...others } = toSystemState({
    ...facts,
    hotWaiting: waiting,
    outdated: known([offer]),
  });
  expect(others.hotViews).toMatchObject([
    { name: 'account-balances', status: 'outdated', freshness: { state: 'stopped' } },
    { name: 'recent-transactions', status: 'running', freshness: { state: 'stopped' } },
  ]);
  expect(others.waiting).toMatchObject({
    accounts: null,
    journal: null,
    'account-balances': 0,
    'recent-transactions': 1,
  });
  expect(consumers).toMatchObject([
    { name: 'journal', status: 'running' },
    {
      name: 'hot-views',
      status: 'outdated',
      reason:
        'Items of account-balances may be of version 1, the code is version 2: npm run ops -- ' +
        'rebuild account-balances brings all. 1 aggregate waits at dead letters in recent-transactions.',
    },
  ]);
});
