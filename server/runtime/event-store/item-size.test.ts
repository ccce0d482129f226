import { describe, expect, it } from 'vitest';
import { itemSize } from './item-size.ts';

describe('itemSize', () => {
  it.each([
    [{ a: 'bc' }, 3],
    [{ a: 'ž€' }, 6],
    [{ a: undefined }, 0],
    [{ n: 1 }, 22],
    [{ m: { ab: 'c' } }, 1 + 3 + 1 + 3],
    [{ l: ['a', 'b'] }, 1 + 3 + 4],
    [{ b: true, z: null }, 4],
  ])('counts %j', (item, bytes) => {
    expect(itemSize(item)).toBe(bytes);
  });
});
