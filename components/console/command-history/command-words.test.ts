import { describe, expect, it } from 'vitest';
import type { JourneyStep } from '#lib/contracts/command-history.ts';
import { describeWay, toOutcomeWords, toTimeWords } from './command-words.ts';

const step = (name: string, changes: Partial<JourneyStep> = {}): JourneyStep => ({
  name,
  database: 'PostgreSQL',
  state: 'done',
  ms: 20,
  note: null,
  ...changes,
});
const START = ['accepted', 'stored', 'journal'].map((name) => step(name, { ms: 5 }));

it('says of what no command wrote that it has no record, whatever its event says', () => {
  const command = { outcome: 'accepted' as const, events: [] };
  expect(toOutcomeWords({ ...command, origin: 'not-recorded' })).toEqual({
    tone: 'bad',
    text: 'No record',
  });
  expect(toOutcomeWords({ ...command, origin: 'recorded' }).tone).not.toBe('bad');
});

describe('a command’s way in words', () => {
  it.each<[JourneyStep[], string]>([
    [[step('a'), step('b', { ms: 35 })], 'Visible in all 2 views after 35 ms.'],
    [[], 'Nothing had to change, so that no view has to follow.'],
    [[step('a')], 'Visible in its view after 20 ms.'],
    [[step('a'), step('b', { state: 'waiting', ms: null })], 'Visible in 1 of 2 views.'],
    [
      [step('a'), step('b', { ms: null })],
      'Visible in all 2 views: in 1 after 20 ms, in 1 at a time that is not recorded.',
    ],
    [[step('a', { ms: null })], 'Visible in its view; when it came there is not recorded.'],
  ])('is told as far as it is known', (views, text) => {
    expect(describeWay([...START, ...views])).toBe(text);
  });

  it('has no figure for what nobody recorded', () => {
    expect(toTimeWords({ state: 'done', ms: null })).toBe('Not recorded');
    expect(toTimeWords({ state: 'waiting', ms: null })).toBe('On its way');
    expect(toTimeWords({ state: 'done', ms: 0 })).toBe('0 ms');
  });
});
