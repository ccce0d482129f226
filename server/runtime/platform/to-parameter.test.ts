import { describe, expect, it } from 'vitest';
import { toParameter } from './to-parameter.ts';

describe('toParameter', () => {
  it.each([
    ['a text', 'x', 'x'],
    ['nothing', null, null],
    ['a large number', 2n ** 62n, '4611686018427387904'],
    ['a time', new Date(1), '1970-01-01T00:00:00.001Z'],
    ['no elements', [], '{}'],
    ['numbers', [1, 2n, null], '{1,2,NULL}'],
    ['truths', [true, false], '{true,false}'],
    ['texts that look like syntax', ['NULL', '', 'a,b', '{}'], '{"NULL","","a,b","{}"}'],
    ['quotes and backslashes', ['say "so"', 'C:\\'], '{"say \\"so\\"","C:\\\\"}'],
    ['arrays of arrays', [['a'], ['b']], '{{"a"},{"b"}}'],
  ])('%s', (_, value, text) => {
    expect(toParameter(value)).toBe(text);
  });

  it.each([[undefined], [{}], [() => {}], [Symbol('x')], [[undefined]]])('refuses %s', (value) => {
    expect(() => toParameter(value)).toThrow(TypeError);
  });
});
