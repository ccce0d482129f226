import { z } from 'zod';
import { encodeCursor, parseCursor } from './cursor.ts';

type Direction = 'asc' | 'desc';

/** Where a page was asked for: behind a place of the list, or before it; without a place from the beginning. */
export type Asked<Place> = { readonly place: Place | undefined; readonly isBack: boolean };

const turnSchema = z.object({ back: z.literal(1).optional() });

/** The place that a cursor names, and which way the page lies from it. Throws INVALID_INPUT. */
export function readCursor<Place>(
  schema: z.ZodType<Place>,
  cursor: string | undefined,
): Asked<Place> {
  return cursor === undefined
    ? { place: undefined, isBack: false }
    : { place: parseCursor(schema, cursor), isBack: parseCursor(turnSchema, cursor).back === 1 };
}

/** The order in which rows are read: what is before a place is read from there on, the other way round. */
export function toReading(dir: Direction, { isBack }: Asked<unknown>): Direction {
  return isBack === (dir === 'asc') ? 'desc' : 'asc';
}

/** Cursors of the pages beside a page; null where there is none. */
export type PageLinks = {
  readonly nextCursor: string | null;
  readonly previousCursor: string | null;
};

/** The page that is before a place. */
export function toBackCursor(place: Readonly<Record<string, string | number>>): string {
  return encodeCursor({ ...place, back: 1 });
}

/**
 * A page of rows that were read in the order of `toReading`, one more than `limit` where there are so many: in the
 * list's order, with the cursors of the pages beside it.
 */
export function toPage<Row>(
  read: readonly Row[],
  limit: number,
  { place, isBack }: Asked<unknown>,
  toPlace: (row: Row) => Readonly<Record<string, string | number>>,
): { readonly rows: readonly Row[]; readonly links: PageLinks } {
  const hasMore = read.length > limit;
  const cut = read.slice(0, limit);
  const rows = isBack ? cut.reverse() : cut;
  const [first, last] = [rows[0], rows.at(-1)];
  // The row that a cursor was made of is on the page that it was on.
  const hasNext = isBack || hasMore;
  const hasPrevious = isBack ? hasMore : place !== undefined;
  return {
    rows,
    links: {
      nextCursor: hasNext && last !== undefined ? encodeCursor(toPlace(last)) : null,
      previousCursor: hasPrevious && first !== undefined ? toBackCursor(toPlace(first)) : null,
    },
  };
}
