import { describe, expect, it } from 'vitest';
import { isSingleKey, type KeyPress, matchesKeys, toKeyCaps } from './shortcut-keys.ts';

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held };
}

describe('matchesKeys', () => {
  it('takes Ctrl and Cmd for mod', () => {
    expect(matchesKeys('mod+k', [press('k', { ctrlKey: true })])).toBe(true);
    expect(matchesKeys('mod+k', [press('K', { metaKey: true })])).toBe(true);
    expect(matchesKeys('mod+k', [press('k')])).toBe(false);
    expect(matchesKeys('k', [press('k', { ctrlKey: true })])).toBe(false);
  });

  it('leaves Shift to the character, and compares it for named keys', () => {
    expect(matchesKeys('?', [press('?', { shiftKey: true })])).toBe(true);
    expect(matchesKeys('ArrowLeft', [press('ArrowLeft', { shiftKey: true })])).toBe(false);
    expect(matchesKeys('shift+ArrowLeft', [press('ArrowLeft', { shiftKey: true })])).toBe(true);
    expect(matchesKeys('j', [press('j', { altKey: true })])).toBe(false);
  });

  it('needs every key of a sequence, in order', () => {
    expect(matchesKeys('g a', [press('x'), press('g'), press('a')])).toBe(true);
    expect(matchesKeys('g a', [press('a')])).toBe(false);
    expect(matchesKeys('g a', [press('a'), press('g')])).toBe(false);
    expect(matchesKeys('a', [press('g'), press('a')])).toBe(true);
  });
});

it('knows which keys are single characters', () => {
  expect(['/', 'g a', 'mod+k', 'ArrowLeft'].map(isSingleKey)).toEqual([true, true, false, false]);
});

it('writes keys for people', () => {
  expect(toKeyCaps('mod+k', false)).toEqual(['Ctrl', 'K']);
  expect(toKeyCaps('mod+k', true)).toEqual(['⌘', 'K']);
  expect(toKeyCaps('shift+ArrowLeft', false)).toEqual(['Shift', '←']);
});
