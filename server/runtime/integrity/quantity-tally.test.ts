import fc from 'fast-check';
import { expect, it } from 'vitest';
import { judgeConservation } from '#lib/contracts/conservation.ts';
import type { QuantityChange } from './conserved-quantity.ts';
import { createQuantityTally } from './quantity-tally.ts';

const UNITS = ['CZK', 'EUR'];
const unit = fc.constantFrom(...UNITS);
const amount = fc.bigInt({ min: 1n, max: 10n ** 14n });
const coming = fc
  .tuple(unit, amount, fc.boolean())
  .map(([of, sum, isOut]): QuantityChange[] => [
    { unit: of, amount: isOut ? -sum : sum, transfer: null },
  ]);
const transfer = fc.tuple(fc.uuid(), unit, amount).map(([id, of, sum]): QuantityChange[] => [
  { unit: of, amount: -sum, transfer: id },
  { unit: of, amount: sum, transfer: id },
]);

/** Changes in an order of their own, so that the sides of a transfer lie apart, and a position among them. */
const history = fc.array(fc.oneof(coming, transfer), { maxLength: 30 }).chain((groups) => {
  const all = groups.flat();
  return fc.tuple(fc.shuffledSubarray(all, { minLength: all.length }), fc.nat({ max: all.length }));
});

/** What a view holds that has taken all of these. */
function hold(changes: readonly QuantityChange[]): Map<string, bigint> {
  const held = new Map<string, bigint>();
  for (const change of changes) {
    held.set(change.unit, (held.get(change.unit) ?? 0n) + change.amount);
  }
  return held;
}

function tallyUp(changes: readonly QuantityChange[], position: number, behind = changes.length) {
  const tally = createQuantityTally();
  changes.slice(0, position).forEach(tally.add);
  tally.closeAtPosition();
  changes.slice(position, behind).forEach(tally.add);
  return tally;
}

const judge = (units: ReturnType<ReturnType<typeof tallyUp>['compare']>) =>
  judgeConservation({ units, problem: null });

it('finds a view right at every position, wherever the sides of transfers lie', () => {
  fc.assert(
    fc.property(history, ([changes, position]) => {
      const tally = tallyUp(changes, position);
      expect(tally.isSomeOpen()).toBe(false);
      expect(judge(tally.compare(hold(changes.slice(0, position))))).toBe('conserved');
    }),
  );
});

it('finds whatever a view holds too much or too little', () => {
  fc.assert(
    fc.property(history, unit, amount, fc.boolean(), ([changes, position], of, sum, isLess) => {
      const held = hold(changes.slice(0, position));
      held.set(of, (held.get(of) ?? 0n) + (isLess ? -sum : sum));
      expect(judge(tallyUp(changes, position).compare(held))).toBe('violated');
    }),
  );
});

it('finds a transfer whose other side never comes', () => {
  const sides: QuantityChange[] = [
    { unit: 'EUR', amount: 500n, transfer: null },
    { unit: 'EUR', amount: -100n, transfer: 't' },
    { unit: 'EUR', amount: 100n, transfer: 't' },
  ];
  const tally = tallyUp(sides, 2, 2);
  expect(tally.isSomeOpen()).toBe(true);
  expect(tally.compare(hold(sides.slice(0, 2)))).toEqual([
    { unit: 'EUR', made: '500', underWay: '-100', held: '400', unpaired: 1 },
  ]);
});
