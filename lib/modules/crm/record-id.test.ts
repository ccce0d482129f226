import { describe, expect, it } from 'vitest';
import { toRecordId } from './record-id.ts';

describe('a record id', () => {
  it.each([
    // Known pairs of Salesforce's documentation.
    ['00130000000FBJH', '00130000000FBJHAA4'],
    ['005000000000001', '005000000000001AAA'],
    ['a0B000000000AbC', 'a0B000000000AbCEAU'],
  ])('of 15 characters is the one of 18: %s', (short, whole) => {
    expect(toRecordId(short)).toBe(whole);
    expect(toRecordId(whole)).toBe(whole);
    expect(toRecordId(` ${whole} `)).toBe(whole);
  });

  it.each(['', '001', '001300 0000FBJH', '00130000000FBJHAA', '00130000000FBJHAAA', '001*', 'ä'])(
    'is none: “%s”',
    (text) => {
      expect(toRecordId(text)).toBeUndefined();
    },
  );
});
