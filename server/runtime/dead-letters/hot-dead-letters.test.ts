import { expect, it } from 'vitest';
import { toHotDeadLetter } from './hot-dead-letters.ts';

const failed = {
  eventSequence: 7,
  eventId: 'E-7',
  eventType: 'AccountFrozen',
  category: 'unknown-type',
  error: 'Its type is unknown.',
  errorGroup: 'Its type is unknown.',
  stack: null,
  attempts: 3,
  firstFailedAt: '2026-01-01T00:00:00.000Z',
  lastFailedAt: '2026-01-01T00:00:00.000Z',
};
const skipped = { ...failed, eventSequence: 4, at: failed.lastFailedAt, actor: 'Ada', reason: '' };
const letter = {
  projection: 'account-balances',
  aggregateId: 'account#A-1',
  dead: { ...failed, rawItem: null, status: 'dead' },
  skipped: [skipped],
};

it('reads of a newer program’s dead letter where the account waits, whatever else it says', () => {
  const newer = {
    ...letter,
    aNewField: 1,
    dead: { ...letter.dead, category: 'a-new-category', status: 'a-new-status', aNewField: 1 },
    skipped: [{ ...skipped, category: 'a-new-category', aNewField: 1 }],
  };
  expect(toHotDeadLetter(newer)).toEqual({
    ...letter,
    dead: { ...letter.dead, category: 'handler' },
    skipped: [{ ...skipped, category: 'handler' }],
  });
});

it('keeps an account waiting at its start where it cannot read where', () => {
  const broken = { ...letter, dead: { ...letter.dead, eventSequence: 'seven' } };
  expect(toHotDeadLetter(broken)).toMatchObject({
    dead: {
      eventSequence: 1,
      category: 'unreadable',
      error: expect.stringMatching(/cannot be read/),
    },
  });
});
