import { expect, it } from 'vitest';
import { sampleView } from '#components/console/system/sample-view.ts';
import type { ViewFreshness } from '#lib/contracts/system.ts';
import { SAMPLE_WORDS } from '../sample-words.ts';
import { toWorstLag } from './worst-lag.ts';

const now = Date.parse('2026-11-26T12:00:30.000Z');
const view = (name: string, more: Partial<ViewFreshness> = {}) =>
  sampleView({ view: name, ...more });
const worst = (...views: ViewFreshness[]) => toWorstLag(SAMPLE_WORDS, views, now);

it('is unknown when nothing is known, and when one of them is not', () => {
  expect(worst()).toMatchObject({ value: 'Unknown', tone: 'warn' });
  const unknown = view('accounts', { state: 'unknown', eventsBehind: null, reason: 'Silent.' });
  expect(worst(view('journal'), unknown)).toEqual({
    value: 'Unknown',
    detail: 'Silent.',
    tone: 'warn',
  });
});

it('says when everything is up to date', () => {
  expect(worst(view('accounts'))).toEqual({
    value: '0 s',
    detail: 'Everything is up to date',
    tone: 'good',
  });
});

it('names who is furthest behind', () => {
  const behindSince = '2026-11-26T12:00:18.000Z';
  const late = view('transactions', { state: 'behind', eventsBehind: 1, behindSince });
  expect(worst(view('accounts'), late)).toEqual({
    value: '12 s',
    detail: 'Transactions, 1 event behind',
    tone: 'warn',
  });
});

it('puts what stands still before what is late', () => {
  const stopped = view('accounts', { state: 'stopped', reason: 'No worker runs.' });
  const stuck = view('transactions', { state: 'stuck' });
  expect(worst(stopped).detail).toBe('Accounts stands still');
  expect(worst(stopped, stuck)).toMatchObject({
    detail: 'Accounts and 1 more stand still',
    tone: 'bad',
  });
});

it('is not green while accounts wait', () => {
  const blocked = view('accounts', { state: 'blocked', reason: '1 account waits.' });
  expect(worst(blocked)).toMatchObject({ detail: '1 account waits.', tone: 'bad' });
});
