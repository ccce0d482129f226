import type { JourneyStep } from '#lib/contracts/command-history.ts';

/** A station's bar, in parts of the whole way. */
export type Bar = { readonly from: number; readonly to: number };

/**
 * The bars of a waterfall: each begins where the last station before it was reached whose time is known;
 * all views begin at the journal, or before it where that is not known. A station without a time has none.
 * Pure.
 */
export function toBars(steps: readonly JourneyStep[]): (Bar | null)[] {
  const whole = Math.max(1, ...steps.map(({ ms }) => ms ?? 0));
  let before = 0;
  return steps.map(({ name, ms }) => {
    if (ms === null) {
      return null;
    }
    const from = Math.min(before, ms);
    if (IN_A_ROW.has(name)) {
      before = ms;
    }
    return { from: from / whole, to: ms / whole };
  });
}

const IN_A_ROW: ReadonlySet<string> = new Set(['accepted', 'stored', 'journal']);
