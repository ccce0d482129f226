import fc from 'fast-check';

/**
 * Cuts a list into batches of any sizes, each with some of the items before it once more: what an
 * at-least-once delivery makes of it.
 */
export function anyRedeliveryOf<Item>(items: readonly Item[]): fc.Arbitrary<Item[][]> {
  const cut = fc.record({ size: fc.integer({ min: 1, max: 9 }), again: fc.nat({ max: 9 }) });
  return fc.array(cut, { minLength: items.length, maxLength: items.length }).map((cuts) => {
    const batches: Item[][] = [];
    let next = 0;
    for (const { size, again } of cuts) {
      if (next < items.length) {
        batches.push(items.slice(Math.max(0, next - again), next + size));
        next += size;
      }
    }
    return batches;
  });
}
