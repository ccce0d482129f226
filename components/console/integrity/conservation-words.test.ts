import { expect, it } from 'vitest';
import type { Conservation } from '#lib/contracts/conservation.ts';
import { describeConservation } from './conservation-words.ts';

const unit = { unit: 'EUR', made: '500', underWay: '-100', held: '400', unpaired: 0 };
const say = (more: Partial<Conservation>) =>
  describeConservation(
    { formatAmount: (amount, of) => `${amount} ${of}` },
    { quantity: 'money', view: 'accounts', position: 9, units: [unit], problem: null, ...more },
  );

it('counts a transfer that is under way as money that is still there', () => {
  expect(say({})).toMatchObject({ word: 'Conserved', tone: 'good' });
  expect(say({ units: [] })).toMatchObject({ word: 'Conserved' });
});

it('says by how much a view is off, and which transfers lack a side', () => {
  expect(say({ units: [{ ...unit, held: '390', unpaired: 2 }] })).toEqual({
    word: 'Not conserved',
    tone: 'bad',
    sentence: 'It is off by -10 EUR; 2 transfers in EUR with one side.',
  });
});

it('never calls conserved what cannot be said', () => {
  const problem = 'The view is of another version.';
  expect(say({ units: [], problem })).toEqual({
    word: 'Unknown',
    tone: 'warn',
    sentence: problem,
  });
});
