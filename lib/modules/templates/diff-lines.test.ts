import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from './diff-lines.ts';

const show = (before: string, after: string) =>
  diffLines(before, after).map(
    ({ mark, text }) => `${{ same: ' ', removed: '-', added: '+' }[mark]}${text}`,
  );

describe('the difference between two texts', () => {
  it('is in lines', () => {
    expect(show('a\nb\nc\nd', 'a\nc\nx\nd')).toEqual([' a', '-b', ' c', '+x', ' d']);
    expect(show('a\r\nb', 'a\nb')).toEqual([' a', ' b']);
    expect(diffLines('a\nb', 'b')).toEqual([
      { mark: 'removed', text: 'a', before: 1, after: null },
      { mark: 'same', text: 'b', before: 2, after: 1 },
    ]);
  });

  it('leads from either text to the other, by as few lines as are needed', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before.join('\n'), after.join('\n'));
        const side = (without: string) =>
          lines.filter(({ mark }) => mark !== without).map((line) => line.text);
        const [a, b] = [before.join('\n').split('\n'), after.join('\n').split('\n')];
        expect(side('added')).toEqual(a);
        expect(side('removed')).toEqual(b);
        const same = lines.filter(({ mark }) => mark === 'same').length;
        expect(same).toBe(longestCommon(a, b));
      }),
    );
  });

  it('ends on large texts that have nothing in common', () => {
    const text = (word: string) => Array.from({ length: 30_000 }, (_, at) => `${word}${at}`);
    const lines = diffLines(text('a').join('\n'), text('b').join('\n'));
    expect(lines).toHaveLength(60_000);
  });
});

function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const line of a) {
    const next = [0];
    for (const [at, other] of b.entries()) {
      next.push(line === other ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
