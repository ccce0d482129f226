import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonFault } from './find-json-fault.ts';

describe('findJsonFault', () => {
  it.each([
    ['', 0],
    ['{', 1],
    ['{"a": 1,}', 8],
    ['[1 2]', 3],
    ['{"a" 1}', 5],
    ["{'a': 1}", 1],
    ['{"a": nothing}', 6],
    ['[01]', 1],
    ['[1]]', 3],
    ['{"a": 1} # more', 9],
    ['["a\nb"]', 1],
  ])('says where %j stops being JSON', (text, at) => {
    expect(findJsonFault(text)).toBe(at);
  });

  it('takes what JSON.parse takes, and nothing else', () => {
    const isJson = (text: string) => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    const pieces = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"\\u00e9"',
        '1',
        '-0.5e3',
        '01',
        'null',
        'true',
        ' ',
        '"',
      ],
    );
    const broken = fc.array(pieces, { maxLength: 8 }).map((all) => all.join(''));
    const whole = fc.json();
    const cut = fc.tuple(whole, fc.nat(40)).map(([text, at]) => text.slice(0, at));
    fc.assert(
      fc.property(fc.oneof(broken, whole, cut), (text) => {
        expect(findJsonFault(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes any depth', () => {
    expect(findJsonFault('['.repeat(100_000) + ']'.repeat(100_000))).toBeUndefined();
  });

  it('takes long texts', () => {
    expect(findJsonFault(JSON.stringify('x'.repeat(250_000)))).toBeUndefined();
    expect(findJsonFault(JSON.stringify('\n'.repeat(125_000)))).toBeUndefined();
    expect(findJsonFault(`"${'x'.repeat(250_000)}`)).toBe(0);
  });
});
