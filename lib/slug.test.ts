import { describe, expect, it } from 'vitest';
import { toSlug } from './slug.ts';

describe('a slug', () => {
  it.each([
    ['web-shop', 'web-shop'],
    [' Web-Shop ', 'web-shop'],
    ['7', '7'],
    ['a'.repeat(63), 'a'.repeat(63)],
  ])('of %j is %j', (text, slug) => {
    expect(toSlug(text)).toBe(slug);
  });

  it.each(['', '-a', 'a-', 'a b', 'a_b', 'a#b', 'é', '\u212a', 'a'.repeat(64)])(
    'cannot be made of %j',
    (text) => {
      expect(toSlug(text)).toBeUndefined();
    },
  );
});
