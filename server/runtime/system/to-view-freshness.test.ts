import { describe, expect, it } from 'vitest';
import { type FreshnessFacts, toViewFreshness } from './to-view-freshness.ts';

const now = new Date('2026-11-26T12:00:30.000Z');
const shard = {
  shardId: 'a',
  status: 'running',
  reason: null,
  error: null,
  checkpoint: '1',
  updatedAt: null,
  worker: null,
  eventsBehind: 0,
  atLeast: false,
  secondsBehind: 0,
} as const;
const running = { kind: 'running', reason: null, since: null } as const;
const facts: FreshnessFacts = {
  view: 'accounts',
  consumer: [shard],
  projection: { eventsBehind: 0, secondsBehind: 0, status: running },
  waiting: '',
  thresholdSeconds: 30,
  worker: { lives: true, seenAt: now.toISOString() },
  now,
};

const stateOf = (more: Partial<FreshnessFacts>) => toViewFreshness({ ...facts, ...more });

describe('toViewFreshness', () => {
  it('is fresh only when the stream and the journal have nothing left for it', () => {
    expect(stateOf({})).toEqual({
      view: 'accounts',
      state: 'fresh',
      eventsBehind: 0,
      atLeast: false,
      behindSince: null,
      thresholdSeconds: 30,
      reason: null,
      since: null,
    });
  });

  it('counts what the stream has unread, while the journal stands still', () => {
    const consumer = [{ ...shard, eventsBehind: 1, secondsBehind: 3 }];
    expect(stateOf({ consumer })).toMatchObject({
      state: 'behind',
      eventsBehind: 1,
      behindSince: '2026-11-26T12:00:27.000Z',
    });
  });

  it('adds up the stream, its shards and the journal, and waits since the oldest', () => {
    const consumer = [
      { ...shard, eventsBehind: 2, secondsBehind: 3 },
      { ...shard, shardId: 'b', eventsBehind: 1_000, atLeast: true, secondsBehind: 9 },
    ];
    const projection = { eventsBehind: 5, secondsBehind: 20, status: running };
    expect(stateOf({ consumer, projection })).toMatchObject({
      eventsBehind: 1_007,
      atLeast: true,
      behindSince: '2026-11-26T12:00:10.000Z',
    });
  });

  it('is stopped while no worker lives, whether or not anything is unread', () => {
    const worker = { lives: false, seenAt: '2026-11-26T12:00:20.000Z' };
    const stopped = { state: 'stopped', since: worker.seenAt };
    expect(stateOf({ worker })).toMatchObject(stopped);
    const consumer = [{ ...shard, status: 'down', eventsBehind: 4 } as const];
    expect(stateOf({ worker, consumer })).toMatchObject({ ...stopped, eventsBehind: 4 });
  });

  it('is stopped when nobody reads the stream, and when nothing runs the projection', () => {
    expect(stateOf({ consumer: [{ ...shard, status: 'down' }] }).state).toBe('stopped');
    const status = { kind: 'outdated', reason: 'Old.', since: null } as const;
    expect(stateOf({ projection: { eventsBehind: 0, secondsBehind: 0, status } })).toMatchObject({
      state: 'stopped',
      reason: 'Old.',
    });
  });

  it('is paused before anything else: its own pause, or that of its consumer', () => {
    const status = { kind: 'paused', reason: 'Paused by olga: Ticket 7', since: 's' } as const;
    const projection = { eventsBehind: 1, secondsBehind: 1, status };
    const worker = { lives: false, seenAt: null };
    expect(stateOf({ projection, worker })).toMatchObject({
      state: 'paused',
      reason: 'Paused by olga: Ticket 7',
      since: 's',
    });
    const consumer = [{ ...shard, status: 'paused', reason: 'Paused by bo' } as const];
    expect(stateOf({ consumer })).toMatchObject({ state: 'paused', reason: 'Paused by bo' });
  });

  it('is stuck with the error that is being retried', () => {
    const consumer = [{ ...shard, status: 'stuck', error: 'No connection.' } as const];
    expect(stateOf({ consumer })).toMatchObject({ state: 'stuck', reason: 'No connection.' });
  });

  it.each([
    ['PostgreSQL is silent', { projection: null, waiting: null }],
    ['DynamoDB is silent', { consumer: null, worker: null }],
    ['the stream cannot be counted', { consumer: [{ ...shard, eventsBehind: null }] }],
    ['the stream shows no shard', { consumer: [] }],
    ['dead letters cannot be counted', { waiting: null }],
  ])('is unknown, and never zero, when %s', (_, more) => {
    const found = stateOf(more);
    expect(found.state).toBe('unknown');
    expect(found.reason).toMatch(/\.$/);
    if (!('waiting' in more) || 'projection' in more) {
      expect(found.eventsBehind).toBeNull();
    }
  });

  it('knows a pause that PostgreSQL tells, while DynamoDB is silent', () => {
    const status = { kind: 'paused', reason: 'Paused by olga', since: null } as const;
    const projection = { eventsBehind: 0, secondsBehind: 0, status };
    expect(stateOf({ projection, consumer: null, worker: null })).toMatchObject({
      state: 'paused',
      eventsBehind: null,
    });
  });

  it('is blocked while accounts wait at dead letters', () => {
    expect(stateOf({ waiting: '1 account waits at dead letters in accounts.' })).toMatchObject({
      state: 'blocked',
      eventsBehind: 0,
    });
  });
});
