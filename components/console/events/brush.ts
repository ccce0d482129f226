import type { Volume } from '#lib/contracts/queries.ts';

/** Where a choice of steps began, and where it has come to. */
export type Brush = { readonly anchor: number; readonly head: number };

type Key = { readonly key: string; readonly shiftKey: boolean };

const MOVES: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** The choice after a key; undefined for a key that means nothing here. Without one it begins at the newest step. Pure. */
export function moveBrush(brush: Brush | null, { key, shiftKey }: Key, steps: number) {
  const move = MOVES[key];
  if (move === undefined) {
    return undefined;
  }
  const from = brush ?? { anchor: steps - 1, head: steps };
  const head = Math.min(steps - 1, Math.max(0, from.head + move));
  return { anchor: shiftKey ? from.anchor : head, head };
}

/** The steps of a choice, the time that they are of (milliseconds since 1970), and their events. Pure. */
export function toBrushed(
  { anchor, head }: Brush,
  arrivals: Volume['arrivals'],
  stepSeconds: number,
) {
  const [first, last] = [Math.min(anchor, head), Math.max(anchor, head)];
  const from = Date.parse(arrivals[first]?.at ?? '1970-01-01T00:00:00.000Z');
  const end = Date.parse(arrivals[last]?.at ?? '1970-01-01T00:00:00.000Z');
  const events = arrivals.slice(first, last + 1).reduce((sum, step) => sum + step.events, 0);
  return { first, last, from, to: end + stepSeconds * 1_000, events };
}
