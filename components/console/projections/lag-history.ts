import type { SystemState } from '#lib/contracts/system.ts';

/** For how long lag is remembered in the browser, in milliseconds. */
const HISTORY_MS = 5 * 60_000;

/** Over how long a rate is taken, in milliseconds. */
const RATE_MS = 10_000;

/** Where everything was at one moment (`at`: milliseconds since 1970). */
export type LagSample = {
  readonly at: number;
  /** Seconds behind the event store, by view; null where it was not known. */
  readonly seconds: Readonly<Record<string, number | null>>;
  /** By projection, and the journal's newest position as `journal`; none while PostgreSQL was silent. */
  readonly positions: Readonly<Record<string, number>>;
};

/** The history with one more sample, without those that are older than five minutes. */
export function withSample(
  history: readonly LagSample[],
  state: Pick<SystemState, 'at' | 'lag' | 'views' | 'hotViews'>,
  at: number,
): LagSample[] {
  const kept = history.filter((sample) => at - sample.at <= HISTORY_MS);
  const views = [...state.views, ...state.hotViews.map(({ freshness }) => freshness)];
  const seconds = views.map(({ view, eventsBehind, behindSince }) => {
    const behind =
      behindSince === null ? null : (Date.parse(state.at) - Date.parse(behindSince)) / 1_000;
    return [view, eventsBehind === null ? null : eventsBehind === 0 ? 0 : behind] as const;
  });
  const positions = [
    ...(state.lag === null ? [] : [['journal', state.lag.head] as const]),
    ...(state.lag?.projections ?? []).map(({ name, position }) => [name, position] as const),
  ];
  const sample = {
    at,
    seconds: Object.fromEntries(seconds),
    positions: Object.fromEntries(positions),
  };
  return [...kept, sample];
}

/** A view's seconds behind over the remembered time, for a small chart; null where nobody knew. */
export function toTrend(history: readonly LagSample[], view: string): (number | null)[] {
  return history.map(({ seconds }) => seconds[view] ?? null);
}

/**
 * How many events per second were worked through in the last ten seconds; null before there are two
 * samples, for what has no position, and after a rebuild has set it back.
 */
export function toRate(history: readonly LagSample[], name: string): number | null {
  const last = history.at(-1);
  const first = history.find((sample) => last && last.at - sample.at <= RATE_MS);
  const [from, to] = [first?.positions[name], last?.positions[name]];
  if (!first || !last || from === undefined || to === undefined || last.at === first.at) {
    return null;
  }
  return to < from ? null : ((to - from) * 1_000) / (last.at - first.at);
}
