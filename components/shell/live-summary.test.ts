import { expect, it } from 'vitest';
import type { Health } from '#lib/contracts/queries.ts';
import { summarizeLive } from './live-summary.ts';

const up: Health = {
  status: 'ok',
  web: { state: 'up' },
  worker: { state: 'up' },
  dynamodb: { state: 'up' },
  postgresql: { state: 'up' },
  projections: [],
};

it('names what is down before the state of the connection', () => {
  const down: Health = { ...up, worker: { state: 'down' }, postgresql: { state: 'down' } };
  expect(summarizeLive('connected', down, null)).toEqual({
    tone: 'bad',
    label: 'Worker, PostgreSQL down',
  });
});

it('says when nothing answers at all', () => {
  expect(summarizeLive('connected', up, 'unreachable').label).toBe('Server unreachable');
  expect(summarizeLive('connected', up, 'unknown').label).toBe('Status unknown');
});

it('else says how the connection stands', () => {
  expect(summarizeLive('connected', up, null)).toEqual({ tone: 'good', label: 'Live' });
  expect(summarizeLive('reconnecting', up, null).tone).toBe('warn');
  expect(summarizeLive('connecting', undefined, null).tone).toBe('neutral');
});
