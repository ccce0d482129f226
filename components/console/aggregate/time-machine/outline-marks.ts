import type { Outline } from '#lib/contracts/aggregates.ts';

type Bucket = Outline['buckets'][number];

/** An event type of a history: how many events it has there, and its colour. */
export type TypeMark = { readonly type: string; readonly count: number; readonly colour: string };

/** A part of a mark in one colour, from and to in percent of its height. */
export type Band = { readonly colour: string; readonly from: number; readonly to: number };

const COLOURS = [1, 2, 3, 4].map((number) => `var(--ph-chart-${number})`);
const OTHER = 'var(--ph-neutral-dot)';

/** A rare type is still seen among thousands of others, in percent of a mark. */
const LEAST_SHARE = 20;

/** The types of a history, the most frequent first; those beyond the colours share one. */
export function rankTypes(buckets: readonly Bucket[]): TypeMark[] {
  const counts = new Map<string, number>();
  for (const [type, count] of buckets.flatMap(({ types }) => Object.entries(types))) {
    counts.set(type, (counts.get(type) ?? 0) + count);
  }
  return [...counts]
    .sort(([a, many], [b, more]) => more - many || a.localeCompare(b))
    .map(([type, count], index) => ({ type, count, colour: COLOURS[index] ?? OTHER }));
}

/** A bucket's types as bands of one mark, in the order of `marks`. */
export function toBands({ types }: Bucket, marks: readonly TypeMark[]): Band[] {
  const held = marks.filter(({ type }) => (types[type] ?? 0) > 0);
  const total = held.reduce((sum, { type }) => sum + (types[type] ?? 0), 0);
  const weights = held.map(({ type }) => Math.max(((types[type] ?? 0) / total) * 100, LEAST_SHARE));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  let to = 0;
  return held.map(({ colour }, index) => {
    const from = to;
    to += ((weights[index] ?? 0) / sum) * 100;
    return { colour, from, to };
  });
}
