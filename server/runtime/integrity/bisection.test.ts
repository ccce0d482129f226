import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createBisection } from './bisection.ts';
import { compareRows } from './compare-row.ts';

type Values = Readonly<Record<string, number>>;
const values = fc.record({ balance: fc.nat(2), owner: fc.nat(1) });
const states = fc.array(values, { minLength: 1, maxLength: 12 });

/** Takes what is held through a history of rows by key, as a comparison does. */
function bisect(history: readonly ReadonlyMap<string, Values>[], held: Map<string, Values>) {
  const wrongAfter = (rows: ReadonlyMap<string, Values> | undefined) => {
    const wrong: string[] = [];
    compareRows(rows ?? new Map(), held, ({ field }) => wrong.push(field));
    return wrong;
  };
  const bisection = createBisection(wrongAfter(history.at(-1)));
  for (const [index, rows] of history.entries()) {
    bisection.step(index + 1, wrongAfter(rows));
  }
  return bisection.result();
}

it('finds for each field the last event after which it was right, or none', () => {
  fc.assert(
    fc.property(states, values, (history, held) => {
      const found = bisect(
        history.map((state) => new Map([['', state]])),
        new Map([['', held]]),
      );
      for (const [field, lastRight] of found) {
        const read = (state: Values | undefined) => state?.[field];
        const expected = history.findLastIndex((state) => read(state) === read(held)) + 1;
        expect(lastRight ?? 0).toBe(expected);
        // It was wrong after each event behind that one.
        expect(history.slice(lastRight ?? 0).every((state) => read(state) !== read(held))).toBe(
          true,
        );
      }
    }),
  );
});

it('says of a view that missed the newest events at which one it stands', () => {
  fc.assert(
    fc.property(states, fc.nat(), (history, pick) => {
      const at = pick % history.length;
      const held = history[at] ?? { balance: 0, owner: 0 };
      const found = bisect(
        history.map((state) => new Map([['', state]])),
        new Map([['', held]]),
      );
      for (const lastRight of found.values()) {
        expect(lastRight).toBeGreaterThanOrEqual(at + 1);
      }
    }),
  );
});

it('counts a field as wrong while its row was not there', () => {
  const row = { closing: 5 };
  const history = [new Map(), new Map([['d1', row]]), new Map([['d1', { closing: 7 }]])];
  expect(bisect(history, new Map([['d1', row]]))).toEqual(new Map([['d1/closing', 2]]));
  expect(bisect([new Map(), new Map()], new Map([['d1', row]]))).toEqual(new Map([['d1', null]]));
});
