import { expect, it } from 'vitest';
import { sampleView } from '#components/console/system/sample-view.ts';
import type { ConsumerStatus } from '#lib/contracts/queries.ts';
import {
  type KnownParts,
  toConsumerFollowers,
  toHotViewFollowers,
  toProjectionFollowers,
} from './followers.ts';

const shard: ConsumerStatus = {
  name: 'hot-views',
  shardId: 'shard-1',
  status: 'running',
  reason: null,
  checkpoint: '1',
  eventsBehind: 0,
  atLeast: false,
  secondsBehind: 0,
  updatedAt: '2026-01-01T00:00:01.000Z',
  error: null,
  worker: 'a',
};
const hotView = (name: string) => ({
  name,
  version: 2,
  status: 'running' as const,
  reason: null,
  since: null,
  freshness: sampleView({ view: name }),
});
const parts: KnownParts = {
  hotViews: [hotView('balances'), hotView('recent')],
  waiting: { journal: 1, balances: 2, recent: 3 },
  known: {
    lag: null,
    consumers: [
      { ...shard, name: 'journal' },
      shard,
      {
        ...shard,
        shardId: 'shard-2',
        status: 'stuck',
        error: 'No connection.',
        worker: 'b',
        updatedAt: '2026-01-01T00:00:05.000Z',
      },
    ],
  },
};

it('shows a consumer as the worst of its shards, with every worker that reads one', () => {
  expect(toConsumerFollowers(parts)).toMatchObject([
    { name: 'journal', status: 'running', workers: ['a'], deadLetters: 1, position: null },
    {
      name: 'hot-views',
      status: 'stuck',
      reason: 'No connection.',
      workers: ['a', 'b'],
      updatedAt: '2026-01-01T00:00:05.000Z',
      deadLetters: 5,
    },
  ]);
});

it('does not count what cannot be counted', () => {
  const unknown = { ...parts, waiting: { balances: 2, recent: null } };
  expect(toConsumerFollowers(unknown)).toMatchObject([
    { deadLetters: null },
    { deadLetters: null },
  ]);
  expect(toHotViewFollowers(unknown)).toMatchObject([{ deadLetters: 2 }, { deadLetters: null }]);
});

it('is empty of what never was known', () => {
  const known = { lag: null, consumers: null };
  expect(toProjectionFollowers({ ...parts, known })).toEqual([]);
  expect(toHotViewFollowers({ ...parts, known })).toMatchObject([{ workers: [] }, { workers: [] }]);
});
