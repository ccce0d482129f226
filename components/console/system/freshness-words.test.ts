import { expect, it } from 'vitest';
import type { ViewFreshness } from '#lib/contracts/system.ts';
import { toFreshnessWords } from './freshness-words.ts';
import { sampleView } from './sample-view.ts';

const now = Date.parse('2026-11-26T12:00:30.000Z');
const words = (more: Partial<ViewFreshness>, at = now) => toFreshnessWords(sampleView(more), at);

it('is green for what is fresh, and for nothing else', () => {
  expect(words({})).toMatchObject({ tone: 'good', word: 'Up to date' });
  for (const state of ['behind', 'paused', 'blocked', 'stuck', 'stopped', 'unknown'] as const) {
    const behindSince = '2026-11-26T12:00:29.000Z';
    expect(words({ state, behindSince, eventsBehind: 1 }).tone, state).not.toBe('good');
  }
});

it('counts ages to now: they move', () => {
  const stopped = {
    state: 'stopped',
    reason: 'No worker runs.',
    since: '2026-11-26T12:00:20.000Z',
    eventsBehind: 1,
  } as const;
  expect(words(stopped).text).toBe('No worker for 10 s · 1 event behind');
  expect(words(stopped, now + 5_000).text).toBe('No worker for 15 s · 1 event behind');
  const behind = {
    state: 'behind',
    behindSince: '2026-11-26T12:00:27.000Z',
    eventsBehind: 2,
  } as const;
  expect(words(behind)).toMatchObject({ word: 'Following', text: '2 events behind · 3 s' });
  expect(words(behind, now + 40_000)).toMatchObject({ word: 'Catching up', tone: 'bad' });
  expect(words({ ...behind, thresholdSeconds: 2 }).tone).toBe('bad');
  expect(words({ ...behind, thresholdSeconds: 90 }, now + 40_000).tone).toBe('warn');
});

it('says who paused it and why, and how much waits', () => {
  expect(words({ state: 'paused', reason: 'Paused by olga: Ticket 7', eventsBehind: 3 })).toEqual({
    tone: 'warn',
    word: 'Paused',
    text: 'Paused · 3 events behind',
    sentence: 'Paused by olga: Ticket 7.',
  });
});

it('has no number for what is not known', () => {
  const unknown = words({
    state: 'unknown',
    eventsBehind: null,
    reason: 'PostgreSQL does not answer.',
  });
  expect(unknown).toEqual({
    tone: 'warn',
    word: 'Unknown',
    text: 'Freshness unknown',
    sentence: 'PostgreSQL does not answer.',
  });
  expect(words({ state: 'behind', eventsBehind: 2_000, atLeast: true }).text).toContain('≥ 2,000');
});
