import { expect, it } from 'vitest';
import { sampleView } from '#components/console/system/sample-view.ts';
import type { Health } from '#lib/contracts/queries.ts';
import type { Cause, EventTrouble, SystemState, ViewFreshness } from '#lib/contracts/system.ts';
import { SAMPLE_WORDS } from '../sample-words.ts';
import { toAttention } from './attention.ts';

const now = Date.parse('2026-11-26T12:00:30.000Z');
const health: Health = {
  status: 'ok',
  web: { state: 'up' },
  worker: { state: 'up' },
  dynamodb: { state: 'up' },
  postgresql: { state: 'up' },
  projections: [],
};
const view = (name: string, more: Partial<ViewFreshness> = {}) =>
  sampleView({ view: name, ...more });
const itemsOf = (more: Partial<SystemState>) =>
  toAttention(
    SAMPLE_WORDS,
    {
      at: new Date(now).toISOString(),
      health,
      workerSeenAt: null,
      lag: null,
      consumers: [],
      views: [],
      hotViews: [],
      waiting: {},
      causes: [],
      failingWebhooks: [],
      alertResponses: [],
      launcher: null,
      ...more,
    },
    now,
  );
const titles = (more: Partial<SystemState>) => itemsOf(more).map(({ title }) => title);

it('is empty when all is well', () => {
  const behindSince = '2026-11-26T12:00:28.000Z';
  const behind = view('accounts', { state: 'behind', eventsBehind: 5, behindSince });
  expect(titles({ views: [view('journal'), behind] })).toEqual([]);
});

it('names the worker, and not each view that it takes down', () => {
  const down: Health = { ...health, worker: { state: 'down' } };
  const views = ['journal', 'accounts'].map((name) =>
    view(name, { state: 'stopped', reason: 'No worker runs.', eventsBehind: 90 }),
  );
  expect(titles({ health: down, views })).toEqual(['The worker is down']);
  expect(titles({ views })).toEqual(['Journal and Accounts are stopped']);
});

it('names every engine that is down, and not what that makes unknown', () => {
  const down: Health = { ...health, dynamodb: { state: 'down' }, postgresql: { state: 'down' } };
  const views = [view('accounts', { state: 'unknown', eventsBehind: null })];
  expect(titles({ health: down, views })).toEqual([
    'DynamoDB does not answer',
    'PostgreSQL does not answer',
  ]);
  expect(titles({ views })).toEqual(['Accounts is of unknown freshness']);
});

it('names what is stuck, with its error', () => {
  const views = [view('accounts', { state: 'stuck', reason: 'No connection.' })];
  expect(itemsOf({ views })).toMatchObject([
    { title: 'Accounts is stuck', advice: 'No connection. It tries again by itself.' },
  ]);
});

it('names what an operator has to end, and how', () => {
  const views = [view('hot-views', { state: 'paused', reason: 'Paused by olga: Ticket 7' })];
  expect(itemsOf({ views })).toMatchObject([
    {
      tone: 'warn',
      title: 'Hot views is paused',
      advice:
        'Paused by olga: Ticket 7. Resume it under Projections, or with npm run ops -- resume hot-views.',
      links: [{ href: '/projections?projection=hot-views', label: 'See Hot views' }],
      mend: { kind: 'resume', follower: { name: 'hot-views', kind: 'consumer', status: 'paused' } },
    },
  ]);
  const both = itemsOf({
    views: ['accounts', 'transactions'].map((name) => view(name, { state: 'paused', reason: 'x' })),
  });
  expect(both[0]?.links.map(({ label }) => label)).toEqual(['See Accounts', 'See Transactions']);
  expect(both[0]?.mend).toBeUndefined();
});

it('names a view that is long behind', () => {
  const behindSince = '2026-11-26T11:58:55.000Z';
  const views = [view('accounts', { state: 'behind', eventsBehind: 900, behindSince })];
  expect(titles({ views })).toEqual(['Accounts is 1 min 35 s behind; the threshold is 30 s']);
  const lenient = views.map((each) => ({ ...each, thresholdSeconds: 96 }));
  expect(titles({ views: lenient })).toEqual([]);
});

it('names a webhook that is disabled, and one whose receiver takes nothing for a minute', () => {
  const failing = { name: 'orders', status: 'active', lastError: 'The receiver answered 503.' };
  const since = (seconds: number) => new Date(now - seconds * 1_000).toISOString();
  const short = { ...failing, failingSince: since(59) };
  const long = { ...failing, failingSince: since(60) };
  const disabled = { ...failing, name: 'old', status: 'disabled', failingSince: null };
  expect(titles({ failingWebhooks: [short] })).toEqual([]);
  expect(titles({ failingWebhooks: null })).toEqual([]);
  expect(itemsOf({ failingWebhooks: [long, disabled] })).toMatchObject([
    { title: 'The webhook orders is not taken', tone: 'warn', seen: 1 },
    {
      title: 'The webhook old is disabled',
      tone: 'bad',
      advice: expect.stringContaining('503'),
      links: [{ href: '/webhooks?webhook=old' }],
    },
  ]);
});

it('says of what is acknowledged by whom, and of a worker that is down that it cannot be', () => {
  const response = {
    alert: 'paused accounts',
    title: 'Accounts is paused',
    seen: 1,
    by: 'olga',
    at: '2026-11-26T12:00:00.000Z',
    reason: 'Ticket 7',
    until: null,
  };
  const views = [view('accounts', { state: 'paused', reason: 'x' })];
  expect(itemsOf({ views, alertResponses: [response] })).toMatchObject([{ seen: 1, response }]);
  expect(itemsOf({ views, alertResponses: null })).toMatchObject([{ response: null }]);
  const worker = { ...health, worker: { state: 'down' } } as const;
  expect(itemsOf({ health: worker })).toMatchObject([{ seen: null }]);
});

const event: EventTrouble = {
  aggregateId: 'account#CZ1',
  eventSequence: 3,
  eventId: 'e3',
  eventType: 'AccountFrozen',
  code: 'unknown-type',
  sentence: 'Event account#CZ1/3 cannot be read: its type is unknown to this program.',
  waitsIn: ['accounts', 'transactions', 'account-balances'],
  skippedIn: [],
  skipped: null,
  isUnfoldable: true,
};

it('says once per cause which account waits at which event, and not once per view', () => {
  const views = ['accounts', 'transactions', 'hot-views'].map((name) =>
    view(name, { state: 'blocked', reason: `1 aggregate waits at dead letters in ${name}.` }),
  );
  const causes: Cause[] = [{ id: 'c', kind: 'waits', events: [event], count: 1 }];
  const items = itemsOf({ views, causes });
  expect(items).toMatchObject([
    {
      tone: 'bad',
      title: 'CZ1 waits at event 3',
      links: [
        { href: '/dead-letters?aggregate=account%23CZ1', label: 'Dead letters' },
        { href: '/accounts/CZ1', label: 'Account CZ1' },
        { href: '/events/e3', label: 'Event 3 (AccountFrozen)' },
      ],
    },
  ]);
  expect(items[0]?.advice).toContain('its type is unknown');
  expect(items[0]?.advice).toContain('Accounts, Transactions and account-balances');
  expect(titles({ views })).toHaveLength(3);
});

it('retries one aggregate, or what has the same type and reason', () => {
  const ofOne = itemsOf({ causes: [{ id: 'c', kind: 'waits', events: [event], count: 1 }] })[0];
  expect(ofOne?.retry?.filter).toEqual({ aggregateId: 'account#CZ1' });
  const causes: Cause[] = [{ id: 'c', kind: 'waits', events: [event], count: 70 }];
  const ofMany = itemsOf({ causes })[0];
  expect(ofMany?.retry?.filter).toEqual({ category: 'unknown-type', eventType: 'AccountFrozen' });
  expect(ofMany?.links[0]?.href).toBe('/dead-letters?category=unknown-type&type=AccountFrozen');
});

it('keeps what was skipped but cannot be folded, with who and why', () => {
  const skipped = { by: 'olga', at: '2026-11-26T12:00:00.000Z', reason: 'Ticket 9' };
  const left = { ...event, waitsIn: [], skippedIn: ['accounts'], skipped };
  const [item] = itemsOf({ causes: [{ id: 'c', kind: 'skipped', events: [left], count: 4 }] });
  expect(item).toMatchObject({
    tone: 'warn',
    title: 'CZ1 cannot be folded past event 3; 3 more events have the same cause',
  });
  expect(item?.advice).toContain('olga skipped it in Accounts: Ticket 9.');
  expect(item?.advice).toContain('Commands on the account are refused');
  expect(item?.retry).toBeUndefined();
  expect(item?.links[0]?.href).toContain('/dead-letters?state=skipped');
});
