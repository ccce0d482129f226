import { expect, it } from 'vitest';
import { liveMessageSchema } from './live.ts';
import { systemStateSchema } from './system.ts';

const at = '2026-01-01T00:00:00.000Z';
const event = {
  aggregateId: 'account#A-1',
  eventSequence: 2,
  eventId: null,
  eventType: 'AccountFrozen',
  code: 'a-new-category',
  sentence: 'Something new.',
  waitsIn: ['accounts', 'a-new-view'],
  skippedIn: [],
  skipped: null,
  isUnfoldable: false,
  aNewField: 1,
};

/** What a page that was loaded before an upgrade gets from the server after it. */
const newer = {
  at,
  health: {
    status: 'a-new-status',
    web: { state: 'up' },
    worker: { state: 'a-new-state' },
    dynamodb: { state: 'up', aNewField: 1 },
    postgresql: { state: 'up' },
    aNewStore: { state: 'up' },
    projections: [{ name: 'a-new-view', status: 'a-new-status', reason: null, since: null }],
  },
  workerSeenAt: at,
  lag: null,
  consumers: [
    {
      name: 'a-new-consumer',
      shardId: 'shard-1',
      status: 'a-new-status',
      reason: null,
      checkpoint: null,
      eventsBehind: 0,
      atLeast: false,
      secondsBehind: 0,
      updatedAt: at,
      error: null,
      worker: null,
    },
  ],
  views: [
    {
      view: 'accounts',
      state: 'a-new-state',
      eventsBehind: 0,
      atLeast: false,
      behindSince: null,
      thresholdSeconds: 30,
      reason: null,
      since: null,
    },
  ],
  failingWebhooks: [],
  alertResponses: [],
  hotViews: [],
  waiting: { 'a-new-view': null },
  causes: [{ id: 'c', kind: 'a-new-kind', events: [event], count: 1 }],
  launcher: null,
  aNewField: {},
};

it('reads of a newer server’s state what it knows, and calls the rest unknown', () => {
  expect(systemStateSchema.parse(newer)).toMatchObject({
    health: {
      status: 'degraded',
      worker: { state: 'unknown' },
      dynamodb: { state: 'up' },
      projections: [{ name: 'a-new-view', status: 'unknown' }],
    },
    consumers: [{ name: 'a-new-consumer', status: 'unknown' }],
    views: [{ view: 'accounts', state: 'unknown' }],
    causes: [{ kind: 'waits', events: [{ code: 'a-new-category' }] }],
  });
});

it('leaves nothing else open: a count that is none is no state', () => {
  const views = newer.views.map((view) => ({ ...view, eventsBehind: 'many' }));
  expect(systemStateSchema.safeParse({ ...newer, views }).success).toBe(false);
});

it('finds a message of a new type, which a page leaves out, to be no message', () => {
  expect(liveMessageSchema.safeParse({ type: 'a-new-type' }).success).toBe(false);
  const known = { type: 'projection', name: 'a-new-view', position: 7, aNewField: 1 };
  expect(liveMessageSchema.parse(known)).toMatchObject({ name: 'a-new-view', position: 7 });
});
