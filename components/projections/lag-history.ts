import type { ProjectionLag } from '#lib/contracts/queries.ts';

/** For how long lag is remembered in the browser, in milliseconds. */
export const HISTORY_MS = 5 * 60_000;

/** Over how long a rate is taken, in milliseconds. */
const RATE_MS = 10_000;

/** Where everything was at one moment (`at`: milliseconds since 1970). */
export type LagSample = {
  readonly at: number;
  readonly head: number;
  readonly projections: readonly {
    readonly name: string;
    readonly position: number;
    readonly eventsBehind: number;
    readonly secondsBehind: number;
  }[];
};

/** The history with one more sample, without those that are older than HISTORY_MS. */
export function withSample(
  history: readonly LagSample[],
  { head, projections }: ProjectionLag,
  at: number,
): LagSample[] {
  const kept = history.filter((sample) => at - sample.at <= HISTORY_MS);
  return [...kept, { at, head, projections }];
}

/** One projection's seconds behind over time, for a chart. */
export function toLagPoints(
  history: readonly LagSample[],
  name: string,
): { at: number; seconds: number; events: number }[] {
  return history.flatMap(({ at, projections }) =>
    projections
      .filter((projection) => projection.name === name)
      .map(({ secondsBehind, eventsBehind }) => ({
        at,
        seconds: secondsBehind,
        events: eventsBehind,
      })),
  );
}

/**
 * How many events per second a projection has worked through in the last ten seconds; null before
 * there are two samples, and after a rebuild has set it back.
 */
export function toRate(history: readonly LagSample[], name: string): number | null {
  const last = history.at(-1);
  const first = history.find((sample) => last && last.at - sample.at <= RATE_MS);
  const to = last?.projections.find((projection) => projection.name === name);
  const from = first?.projections.find((projection) => projection.name === name);
  if (!last || !first || !to || !from || last.at === first.at || to.position < from.position) {
    return null;
  }
  return ((to.position - from.position) * 1_000) / (last.at - first.at);
}
