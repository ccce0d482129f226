import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyAttribute, anyText } from '#server/testing/any-attribute.ts';
import { parseItemLine, toItemLine } from './item-line.ts';

it('loses nothing of any item', () => {
  fc.assert(
    fc.property(fc.dictionary(anyText, anyAttribute, { maxKeys: 6 }), (item) => {
      const line = toItemLine(item);
      expect(line).not.toContain('\n');
      expect(toItemLine(parseItemLine(line))).toBe(line);
    }),
  );
});

it('is the same for the same item, however its members and sets are ordered', () => {
  const line = toItemLine({ b: { SS: ['y', 'x'] }, a: { M: { d: { N: '1' }, c: { N: '2' } } } });
  expect(line).toBe('{"a":{"M":{"c":{"N":"2"},"d":{"N":"1"}}},"b":{"SS":["x","y"]}}');
  expect(toItemLine({ a: { M: { c: { N: '2' }, d: { N: '1' } } }, b: { SS: ['x', 'y'] } })).toBe(
    line,
  );
});

it('gives binary values back as they were', () => {
  const B = Uint8Array.of(0, 255, 10);
  expect(Buffer.from(parseItemLine(toItemLine({ B: { B } })).B?.B ?? [])).toEqual(Buffer.from(B));
});

it.each(['[]', '{"a":1}', '{"a":{"N":1}}', '{"a":{"S":"x","N":"1"}}', 'no JSON'])(
  'takes no line that is no item: %s',
  (line) => {
    expect(() => parseItemLine(line)).toThrow();
  },
);
