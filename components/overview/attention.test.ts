import { expect, it } from 'vitest';
import type { ConsumerStatus, Health, ProjectionStatus } from '#lib/contracts/queries.ts';
import { toAttention } from './attention.ts';

const up: Health = {
  status: 'ok',
  web: { state: 'up' },
  worker: { state: 'up' },
  dynamodb: { state: 'up' },
  postgresql: { state: 'up' },
  projections: [],
};

function projection(more: Partial<ProjectionStatus>): ProjectionStatus {
  return {
    name: 'accounts',
    version: 1,
    status: 'running',
    position: 10,
    eventsBehind: 0,
    secondsBehind: 0,
    updatedAt: null,
    reason: null,
    since: null,
    ...more,
  };
}

function titles(health: Health | undefined, ...projections: ProjectionStatus[]): string[] {
  return toAttention({ health, projections, consumers: [] }).map(({ title }) => title);
}

it('is empty when all is well, and when nothing is known', () => {
  expect(titles(up, projection({ eventsBehind: 5, secondsBehind: 2 }))).toEqual([]);
  expect(titles(undefined)).toEqual([]);
});

it('names the worker, and not each projection that it takes down', () => {
  const down: Health = { ...up, worker: { state: 'down' } };
  const stopped = projection({ status: 'down', eventsBehind: 90, secondsBehind: 400 });
  expect(titles(down, stopped)).toEqual(['The worker is down']);
  expect(titles(up, stopped)).toEqual(['Accounts: no worker runs it']);
});

it('names a projection that is stuck, with its error', () => {
  const [item] = toAttention({
    health: up,
    projections: [projection({ status: 'stuck', reason: 'No connection.' })],
    consumers: [],
  });
  expect(item?.title).toBe('Accounts is stuck');
  expect(item?.advice).toContain('No connection.');
});

it('names what an operator has to end, and how', () => {
  const advise = (more: Partial<ProjectionStatus>) =>
    toAttention({ health: up, projections: [projection(more)], consumers: [] });
  expect(advise({ status: 'paused', reason: 'Paused by olga: Ticket 7' })).toMatchObject([
    {
      tone: 'warn',
      title: 'Accounts is paused',
      advice: 'Paused by olga: Ticket 7. It goes on with npm run ops -- resume accounts.',
    },
  ]);
  expect(advise({ status: 'blocked', reason: '1 account waits at dead letters.' })).toMatchObject([
    {
      tone: 'bad',
      title: 'Accounts is blocked for some accounts',
      advice: expect.stringContaining('dead-letters --projection accounts'),
    },
  ]);
  expect(advise({ status: 'outdated', reason: 'Old: rebuild it.' })).toMatchObject([
    { title: 'Accounts is outdated', advice: expect.stringContaining('rebuild accounts') },
  ]);
  expect(advise({ status: 'rebuilding' })).toEqual([]);
});

it('names a projection that is long behind', () => {
  expect(titles(up, projection({ eventsBehind: 900, secondsBehind: 95 }))).toEqual([
    'Accounts is 1 min 35 s behind',
  ]);
});

it('names every engine that is down', () => {
  const down: Health = { ...up, dynamodb: { state: 'down' }, postgresql: { state: 'down' } };
  expect(titles(down)).toEqual(['DynamoDB does not answer', 'PostgreSQL does not answer']);
});

it('says what an operator has to end with a consumer, and how', () => {
  const consumer: ConsumerStatus = {
    name: 'hot-views',
    shardId: 'shard-1',
    status: 'paused',
    reason: 'Paused by olga: Ticket 7',
    checkpoint: null,
    eventsBehind: 90,
    atLeast: false,
    secondsBehind: 400,
    updatedAt: null,
    error: null,
  };
  const blocked: ConsumerStatus = {
    ...consumer,
    name: 'journal',
    status: 'blocked',
    reason: '1 account waits at dead letters in the journal.',
    eventsBehind: 0,
  };
  const items = toAttention({ health: up, projections: [], consumers: [consumer, blocked] });
  expect(items.map(({ title, advice }) => `${title}. ${advice}`)).toEqual([
    'Hot views is paused. Paused by olga: Ticket 7. It goes on with npm run ops -- resume hot-views.',
    'Journal is blocked for some accounts. 1 account waits at dead letters in the journal. ' +
      'All others go on. See npm run ops -- dead-letters --projection journal.',
  ]);
});
