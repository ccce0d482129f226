import { expect, it } from 'vitest';
import { SAMPLE_WORDS } from '#components/console/sample-words.ts';
import type { DeadLetterItem, DeadLetters } from '#lib/contracts/dead-letters.ts';
import {
  describeSkip,
  formatKnown,
  nameCategory,
  toCauseFilter,
  toEventHref,
  toSkipRefusal,
  toSummary,
} from './dead-letter-words.ts';

const at = '2026-11-26T12:00:00.000Z';
const letter: DeadLetterItem = {
  projection: 'accounts',
  aggregateId: 'account#CZ1',
  eventSequence: 3,
  eventId: 'e3',
  isInJournal: true,
  eventType: 'AccountFrozen',
  category: 'unknown-type',
  error: 'Its type is unknown.',
  attempts: 3,
  firstFailedAt: at,
  lastFailedAt: at,
  waiting: 4,
  skipped: null,
  isUnfoldable: true,
};
const cause = {
  ...{ id: 'c', projection: 'accounts', category: 'unreadable', eventType: null },
  ...{ errorGroup: 'The item is no event', count: 1, atLeast: false, waiting: null },
  ...{ firstFailedAt: at, lastFailedAt: at },
};

it('never says zero of what is not known', () => {
  expect([formatKnown(null), formatKnown(0), formatKnown(1_200, true)]).toEqual([
    'unknown',
    '0',
    '1,200+',
  ]);
});

it('keeps an unreadable type in the filter, and narrows it to an aggregate', () => {
  const { projection, category, errorGroup } = cause;
  const filter = { projection, category, errorGroup, eventType: null };
  expect(toCauseFilter(cause, null)).toEqual(filter);
  expect(toCauseFilter(cause, 'account#A')).toEqual({ ...filter, aggregateId: 'account#A' });
});

it('leads to the event, or where the journal has none to the timeline', () => {
  expect(toEventHref(SAMPLE_WORDS, letter)).toBe('/events/e3');
  const timeline = '/accounts/CZ1?tab=timeline';
  expect(toEventHref(SAMPLE_WORDS, { ...letter, isInJournal: false })).toBe(timeline);
  expect(toEventHref(SAMPLE_WORDS, { ...letter, eventId: null })).toBe(timeline);
});

it('says what a skip changes for ever, and what it does not mend', () => {
  const inAccounts = describeSkip(SAMPLE_WORDS, letter, 'accounts');
  expect(inAccounts).toContain('Event 3 (AccountFrozen) is left out, for ever, of Accounts,');
  expect(inAccounts).toContain('Commands on the account stay refused');
  const readable = { ...letter, isUnfoldable: false };
  expect(describeSkip(SAMPLE_WORDS, readable, 'journal')).toContain('so of every projection');
  expect(describeSkip(SAMPLE_WORDS, readable, null)).not.toContain('refused');
  expect(toSkipRefusal(letter)).toBeNull();
  expect(toSkipRefusal({ category: 'conflict' })).toContain('repair');
});

it('counts what is listed, and says where it is a part', () => {
  const found: DeadLetters = {
    ...{ causes: [cause], total: 70, atLeast: false, hasMore: false, problems: [] },
    facets: { projection: [], category: [], eventType: [] },
  };
  expect(toSummary(found, 'dead letter')).toBe('1 cause, 70 dead letters');
  expect(toSummary({ ...found, hasMore: true, atLeast: true }, 'dead letter')).toBe(
    'First 1 causes, 70+ dead letters',
  );
  expect([nameCategory('handler'), nameCategory('new')]).toEqual(['Code throws', 'new']);
});
