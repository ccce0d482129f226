import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isPlayheadError } from '#lib/playhead-error.ts';
import { anyNested, nestedCodec } from '#server/testing/nested-values.ts';
import { encode, findNotStorable, toStorable } from './storable.ts';

const nest = (depth: number): unknown => (depth === 0 ? {} : { in: nest(depth - 1) });

describe('encode and toStorable', () => {
  it('write what reads back the same, whatever nests in it', () => {
    fc.assert(
      fc.property(anyNested, (value) => {
        const stored = toStorable('The value', encode('The value', nestedCodec, value));
        expect(nestedCodec.parse(JSON.parse(JSON.stringify(stored)))).toEqual(value);
      }),
    );
  });

  it('leave out what is undefined, at any depth', () => {
    const stored = toStorable('It', { a: undefined, b: { c: undefined, d: [{ e: undefined }] } });
    expect(JSON.stringify(stored)).toBe('{"b":{"d":[{}]}}');
    expect(Object.keys(stored)).toEqual(['b']);
  });

  it('say what is about to be stored, and where it does not fit', () => {
    const codec = z.object({ steps: z.array(z.object({ name: z.string().max(3) })) });
    const problemOf = (write: () => unknown) => {
      try {
        write();
      } catch (error) {
        return isPlayheadError(error, 'VALUE_NOT_STORABLE') ? error.message : error;
      }
      return undefined;
    };
    expect(
      problemOf(() => encode('Event 7', codec, { steps: [{ name: 'ok' }, { name: 'long' }] })),
    ).toMatch(/^Event 7 cannot be stored: steps\.1\.name: .*3 char/);
    expect(problemOf(() => toStorable('Event 7', { at: { times: [new Date(0)] } }))).toMatch(
      /^Event 7 cannot be stored: at\.times\.0: /,
    );
  });
});

describe('findNotStorable', () => {
  it('finds nothing in any value of JSON that both databases hold', () => {
    const anyKey = fc.string({ minLength: 1 }).filter((key) => key !== '__proto__');
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.string({ unit: 'binary' }),
        fc.double({ noNaN: true, min: -1e100, max: 1e100 }).map((each) => Number(each.toFixed(9))),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value')),
        fc.dictionary(anyKey, tie('value'), { noNullPrototype: true }),
      ),
    }));
    fc.assert(fc.property(value, (any) => findNotStorable(any) === undefined));
  });

  it.each([
    ['a number that is none', { a: [Number.NaN] }, 'a.0', /JSON/],
    ['an infinite number', { a: -Infinity }, 'a', /JSON/],
    ['a number too large for DynamoDB', { a: 1e126 }, 'a', /DynamoDB/],
    ['a number too small for DynamoDB', { a: -1e-131 }, 'a', /DynamoDB/],
    ['a bigint that no codec has encoded', { a: 5n }, 'a', /bigint/],
    ['a gap in a list', { a: [1, undefined] }, 'a.1', /undefined/],
    ['half a character', { a: 'x\ud800' }, 'a', /surrogate/],
    ['half a character in a name', { 'x\ud800': 1 }, 'x\ud800', /surrogate/],
    ['a name that is empty', { a: { '': 1 } }, 'a.', /named ""/],
    ['a name that parsers lose', { a: JSON.parse('{"__proto__":1}') }, 'a.__proto__', /named/],
    ['a set', { a: new Set([1]) }, 'a', /set/],
    ['a function', { a: () => 1 }, 'a', /function/],
    ['more depth than DynamoDB takes', nest(32), Array(32).fill('in').join('.'), /more than 32/],
  ])('finds %s', (_, value, path, problem) => {
    const found = findNotStorable(value);
    expect(found?.path.join('.')).toBe(path);
    expect(found?.problem).toMatch(problem);
  });

  it('takes as much depth as DynamoDB does', () => {
    expect(findNotStorable(nest(31))).toBeUndefined();
  });
});
