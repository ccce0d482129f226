import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLOCK_SIZE, blockOf, neighbourBlocks } from './frame-blocks.ts';

test('the first block starts before the opening, the last one ends at the newest event', () => {
  expect(blockOf(0, 10_000)).toEqual({ from: 0, to: 199 });
  expect(blockOf(200, 10_000)).toEqual({ from: 199, to: 399 });
  expect(blockOf(10_000, 10_000)).toEqual({ from: 9_999, to: 10_000 });
  expect(blockOf(3, 5)).toEqual({ from: 0, to: 5 });
});

test('a block holds its sequence and the one before it, and is never too large', () => {
  fc.assert(
    fc.property(fc.nat(20_000), fc.nat(20_000), (a, b) => {
      const [sequence, version] = [Math.min(a, b), Math.max(a, b)];
      const { from, to } = blockOf(sequence, version);
      expect(from).toBeLessThanOrEqual(Math.max(0, sequence - 1));
      expect(to).toBeGreaterThanOrEqual(sequence);
      expect(to).toBeLessThanOrEqual(version);
      expect(to - from).toBeLessThanOrEqual(BLOCK_SIZE);
    }),
  );
});

test('the next block comes first, and none lies outside', () => {
  expect(neighbourBlocks(450, 10_000)).toEqual([
    { from: 599, to: 799 },
    { from: 199, to: 399 },
  ]);
  expect(neighbourBlocks(3, 100)).toEqual([]);
  expect(neighbourBlocks(3, 200)).toEqual([{ from: 199, to: 200 }]);
});
