import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasUnseen, showUnseen, showUnseenLines } from './unseen-text.ts';

describe('hasUnseen', () => {
  it.each([
    ['NUL', 'a\0b'],
    ['a line feed', 'a\nb'],
    ['an escape', '\u001b[31m'],
    ['a C1 control', 'a\u009b31m'],
    ['a bidi override', 'Eve\u202eycnaN'],
    ['a bidi isolate', 'a\u2066b'],
    ['a mark of direction', 'a\u200fb'],
    ['a zero-width space', 'Pay\u200bPal'],
    ['a joiner between Latin letters', 'Pay\u200dPal'],
    ['a word joiner', 'Pay\u2060Pal'],
    ['a byte order mark', '\ufeffAnn'],
    ['a soft hyphen', 'An\u00adna'],
    ['a Hangul filler', '\u3164'],
    ['an empty Braille cell', '\u2800'],
    ['a line separator', 'a\u2028b'],
    ['a tag character', 'a\u{e0041}b'],
    ['half a pair', 'a\ud800b'],
    ['a noncharacter', 'a\ufffeb'],
  ])('finds %s', (_name, text) => {
    expect(hasUnseen(text)).toBe(true);
    expect(hasUnseen(showUnseen(text))).toBe(false);
  });

  it.each(['Příkaz č. 5', 'العربية', '👨‍👩‍👧 ❤️ 👍🏽', 'می‌خواهم', 'क्‍ष', 'Ångström', 'a\u00a0b'])(
    'lets %s be',
    (text) => {
      expect(hasUnseen(text)).toBe(false);
    },
  );
});

describe('showUnseen', () => {
  it('writes what is not seen, and nothing else', () => {
    expect(showUnseen('a\u202eb\u001b[2J\u009b\u{e0041}ü')).toBe(
      'a\\u202eb\\u001b[2J\\u009b\\udb40\\udc41ü',
    );
    expect(showUnseenLines('a\u001b\nb')).toBe('a\\u001b\nb');
  });

  it('leaves JSON what it was', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0x10ffff })), (points) => {
        const text = String.fromCodePoint(...points);
        const shown = showUnseen(JSON.stringify({ text }));
        expect(JSON.parse(shown)).toEqual({ text });
      }),
    );
  });
});
