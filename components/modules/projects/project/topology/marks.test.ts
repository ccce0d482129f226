import { describe, expect, it } from 'vitest';
import { toCycleSentence, toLinkWords } from './marks.ts';

describe('what is said of a topology', () => {
  it('names the services of each cycle', () => {
    expect(toCycleSentence([])).toBe('No services use each other in a cycle.');
    expect(toCycleSentence([['api', 'fraud']])).toBe('api and fraud use each other in a cycle.');
    expect(
      toCycleSentence([
        ['a', 'b', 'c'],
        ['x', 'y'],
      ]),
    ).toBe('2 groups of services use each other in a cycle: a, b, and c; x and y.');
  });

  it('is of a link whatever is not usual', () => {
    expect(toLinkWords('same', false)).toEqual([]);
    expect(toLinkWords('added', true)).toEqual(['added', 'part of a cycle']);
  });
});
