import { expect, it } from 'vitest';
import { CATCH_UP, SHARD_END, TRIM_HORIZON } from './checkpoint.ts';
import type { Lease } from './lease.ts';
import { type LeaseView, planLeases } from './lease-plan.ts';

const now = new Date('2026-03-01T12:00:00.000Z');

function lease(shardId: string, given: Partial<Lease> = {}): Lease {
  const updatedAt = now.toISOString();
  const fresh = { owner: null, counter: 1, checkpoint: '100', parents: [], updatedAt };
  return { consumer: 'journal', shardId, ...fresh, ...given };
}

function plan(view: Partial<LeaseView>) {
  const { create, take, remove } = planLeases({
    consumer: 'journal',
    workerId: 'me',
    leases: [],
    shards: (view.leases ?? []).map(({ shardId, parents }) => ({ shardId, parents })),
    held: new Set(),
    isExpired: () => false,
    now,
    ...view,
  });
  const ids = (leases: readonly Lease[]) => leases.map(({ shardId }) => shardId);
  return { create, take: ids(take), remove: ids(remove) };
}

const owned = (owner: string, ...ids: string[]) => ids.map((id) => lease(id, { owner }));

it('starts a new consumer with the event store, once, and with every shard', () => {
  const shards = [
    { shardId: 'b', parents: ['a'] },
    { shardId: 'a', parents: ['forgotten'] },
    { shardId: 'c', parents: [] },
  ];
  expect(plan({ shards }).create.map(({ shardId, checkpoint }) => [shardId, checkpoint])).toEqual([
    ['b', TRIM_HORIZON],
    ['a', CATCH_UP],
    ['c', TRIM_HORIZON],
  ]);
});

it('adds shards that appear later at their beginning', () => {
  const shards = [
    { shardId: 'a', parents: [] },
    { shardId: 'b', parents: ['a'] },
  ];
  const { create } = plan({ shards, leases: [lease('a')] });
  expect(create).toMatchObject([{ shardId: 'b', checkpoint: TRIM_HORIZON, parents: ['a'] }]);
});

it('leaves a child alone until every parent is at its end', () => {
  const child = lease('child', { parents: ['a', 'b'] });
  const done = { checkpoint: SHARD_END };
  expect(plan({ leases: [lease('a', done), lease('b'), child] }).take).toEqual(['b']);
  expect(plan({ leases: [lease('a', done), lease('b', done), child] }).take).toEqual(['child']);
});

it('waits for a parent that the stream has forgotten but that is not delivered', () => {
  const shards = [{ shardId: 'child', parents: ['gone'] }];
  const child = lease('child', { parents: ['gone'] });
  expect(plan({ shards, leases: [lease('gone'), child] }).take).toEqual(['gone']);
  expect(plan({ shards, leases: [child] }).take).toEqual(['child']);
});

it('waits for a parent that has no lease yet', () => {
  const shards = [
    { shardId: 'parent', parents: [] },
    { shardId: 'child', parents: ['parent'] },
  ];
  expect(plan({ shards, leases: [lease('child', { parents: ['parent'] })] }).take).toEqual([]);
});

it('forgets a finished shard once the stream has', () => {
  const done = { checkpoint: SHARD_END };
  const leases = [lease('old', done), lease('recent', done), lease('open')];
  const shards = [
    { shardId: 'recent', parents: [] },
    { shardId: 'open', parents: ['recent'] },
  ];
  expect(plan({ leases, shards }).remove).toEqual(['old']);
});

it('takes its fair share of free shards', () => {
  const leases = [...owned('other', 'a'), lease('b'), lease('c'), lease('d')];
  expect(plan({ leases }).take).toEqual(['b', 'c']);
  expect(plan({ leases, held: new Set(['b']) }).take).toEqual(['c']);
  expect(plan({ leases: [lease('a'), lease('b'), lease('c')] }).take).toEqual(['a', 'b', 'c']);
});

it('takes over from the dead, who no longer count as workers', () => {
  const leases = [...owned('dead', 'a', 'b'), ...owned('other', 'c')];
  const isExpired = ({ owner }: Lease) => owner === 'dead';
  expect(plan({ leases, isExpired }).take).toEqual(['a', 'b']);
});

it('takes back what it owns but does not read', () => {
  expect(plan({ leases: owned('me', 'a') }).take).toEqual(['a']);
});

it('steals one shard at a time, and only from who has two more', () => {
  const leases = [...owned('rich', 'a', 'b', 'c'), ...owned('poor', 'd')];
  expect(plan({ leases }).take).toEqual(['a']);
  const [a, ...rest] = leases;
  const mine = {
    leases: [lease(a?.shardId ?? '', { owner: 'me' }), ...rest],
    held: new Set(['a']),
  };
  expect(plan(mine).take).toEqual([]);
});

it('shares evenly: three workers on four shards settle without stealing in a circle', () => {
  const workers = ['one', 'two', 'three'];
  const owners = new Map(['a', 'b', 'c', 'd'].map((id) => [id, 'one']));
  for (let round = 0; round < 6; round += 1) {
    for (const workerId of workers) {
      const leases = [...owners].map(([id, owner]) => lease(id, { owner }));
      const held = new Set([...owners].filter(([, o]) => o === workerId).map(([id]) => id));
      for (const id of plan({ leases, held, workerId }).take) {
        owners.set(id, workerId);
      }
    }
  }
  const counts = workers.map((w) => [...owners.values()].filter((o) => o === w).length);
  expect(counts).toEqual([2, 1, 1]);
});
