import type { Tone } from './tone.ts';

/** From how many seconds on a read model counts as late, and as in trouble. */
export const LATE_SECONDS = 5;
export const TROUBLE_SECONDS = 30;

/** The tone of a lag: what is on its way within a few seconds is as it should be. */
export function toLagTone(lag: {
  readonly eventsBehind: number;
  readonly secondsBehind: number;
}): Tone {
  if (lag.eventsBehind === 0 || lag.secondsBehind < LATE_SECONDS) {
    return 'good';
  }
  return lag.secondsBehind < TROUBLE_SECONDS ? 'warn' : 'bad';
}
