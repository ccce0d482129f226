import type { ViewFreshness } from '#lib/contracts/system.ts';

/** For tests: a view that is up to date, but for what is given. */
export function sampleView(given: Partial<ViewFreshness> = {}): ViewFreshness {
  return {
    view: 'accounts',
    state: 'fresh',
    eventsBehind: 0,
    atLeast: false,
    behindSince: null,
    thresholdSeconds: 30,
    reason: null,
    since: null,
    ...given,
  };
}
