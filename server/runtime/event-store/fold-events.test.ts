import { describe, expect, it } from 'vitest';
import { accountAggregate } from '#server/modules/bank/domain/account-aggregate.ts';
import { deposited, opened, toHistory } from '#server/testing/sample-events.ts';
import { foldEvents, toInitial } from './fold-events.ts';

const UNOPENED = toInitial(accountAggregate);
const history = toHistory('A-1', [opened(), ...Array.from({ length: 249 }, () => deposited(1n))]);

describe('foldEvents', () => {
  it('folds to the newest state and hands out every hundredth on the way', () => {
    const { loaded, keyframes } = foldEvents(accountAggregate, UNOPENED, history);
    expect(loaded).toMatchObject({ version: 250, state: { balance: 249n } });
    expect(keyframes).toMatchObject([
      { version: 100, state: { balance: 99n } },
      { version: 200, state: { balance: 199n } },
    ]);
  });

  it('comes to the same from any keyframe', () => {
    const { loaded, keyframes } = foldEvents(accountAggregate, UNOPENED, history);
    for (const keyframe of keyframes) {
      expect(
        foldEvents(accountAggregate, keyframe, history.slice(keyframe.version)).loaded,
      ).toEqual(loaded);
    }
  });

  it.each([
    ['a gap', [...history.slice(0, 3), ...history.slice(4)], /account#A-1\/5 .* event 4 should/],
    ['a repetition', [...history.slice(0, 3), ...history.slice(2)], /account#A-1\/3 .* event 4/],
    ['a history without its beginning', history.slice(1), /account#A-1\/2 .* event 1 should/],
    [
      'an event that cannot have followed',
      [...history.slice(0, 2), ...toHistory('A-1', [opened()], 3)],
      /account#A-1\/3 .* AccountOpened on an account that is open/,
    ],
  ])('refuses %s, naming the event', (_, events, sentence) => {
    expect(() => foldEvents(accountAggregate, UNOPENED, events)).toThrow(sentence);
  });
});
