import { expect, it } from 'vitest';
import { SAMPLE_WORDS } from '#components/console/sample-words.ts';
import { matchesWords, splitQuery, toOpenAggregate, toSearched } from './palette-query.ts';

it('forgives order, case and accents', () => {
  expect(matchesWords('Pause Daily balances', 'BALANCES pausé')).toBe(true);
  expect(matchesWords('Pause Daily balances', 'resume daily')).toBe(false);
});

it('tells what is to be done from whom it is for', () => {
  expect(splitQuery(SAMPLE_WORDS, 'Lindqvist depo')).toEqual({ verbs: 'depo', rest: 'lindqvist' });
  expect(toSearched(SAMPLE_WORDS, 'deposit lindqvist')).toBe('lindqvist');
  expect(toSearched(SAMPLE_WORDS, 'deposit')).toBe('deposit');
});

it('knows whose page is open', () => {
  expect(toOpenAggregate(SAMPLE_WORDS, '/accounts/CZ1')).toBe('account#CZ1');
  expect(toOpenAggregate(SAMPLE_WORDS, '/accounts')).toBeNull();
  expect(toOpenAggregate(SAMPLE_WORDS, '/')).toBeNull();
});
