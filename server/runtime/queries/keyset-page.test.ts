import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { readCursor, toPage, toReading } from './keyset-page.ts';

const placeSchema = z.object({ n: z.number() });

/** A page as a database reads it: so many rows, and one more, from behind a place on. */
function read(all: readonly number[], dir: 'asc' | 'desc', limit: number, cursor?: string) {
  const asked = readCursor(placeSchema, cursor);
  const isUp = toReading(dir, asked) === 'asc';
  const rows = all
    .toSorted((a, b) => (isUp ? a - b : b - a))
    .filter((n) => asked.place === undefined || (isUp ? n > asked.place.n : n < asked.place.n))
    .slice(0, limit + 1);
  return toPage(rows, limit, asked, (n) => ({ n }));
}

it('a list walked to its end and back says each row once, in its order', () => {
  const rows = fc.uniqueArray(fc.integer(), { maxLength: 40 });
  const dir = fc.constantFrom<'asc' | 'desc'>('asc', 'desc');
  fc.assert(
    fc.property(rows, dir, fc.integer({ min: 1, max: 7 }), (all, order, limit) => {
      const sorted = all.toSorted((a, b) => (order === 'asc' ? a - b : b - a));
      let page = read(all, order, limit);
      expect(page.links.previousCursor).toBeNull();
      const forwards = [...page.rows];
      while (page.links.nextCursor !== null) {
        page = read(all, order, limit, page.links.nextCursor);
        forwards.push(...page.rows);
      }
      expect(forwards).toEqual(sorted);
      const backwards = [...page.rows];
      while (page.links.previousCursor !== null) {
        page = read(all, order, limit, page.links.previousCursor);
        backwards.unshift(...page.rows);
      }
      expect(backwards).toEqual(sorted);
    }),
  );
});

it('the page before a page has a next one, which is that page', () => {
  const all = [1, 2, 3, 4, 5];
  const second = read(all, 'asc', 2, read(all, 'asc', 2).links.nextCursor ?? '');
  const first = read(all, 'asc', 2, second.links.previousCursor ?? '');
  expect(first).toMatchObject({ rows: [1, 2], links: { previousCursor: null } });
  expect(read(all, 'asc', 2, first.links.nextCursor ?? '').rows).toEqual([3, 4]);
});
