import type { Figure } from './result.ts';
import { type Spread, toSpread } from './statistics.ts';

/** One round's work, already prepared; what it takes is measured. */
export type Round = () => Promise<unknown>;

/** Prepares a round: the time that takes is nobody's. Round 0 is the warm-up. */
export type PrepareRound = (round: number) => Promise<Round>;

type Comparison = {
  readonly figures: readonly Figure[];
  readonly against: readonly Figure[];
  readonly ratio: Spread;
};

/**
 * Measures two ways of doing the same in turns (ABAB), after a warm-up of both that is not counted:
 * what slows the machine down for a while slows both. Rates are `amount` per second of a round.
 */
export async function compare({
  amount,
  rounds,
  unit,
  playhead,
  bare,
}: {
  readonly amount: number;
  readonly rounds: number;
  readonly unit: string;
  readonly playhead: PrepareRound;
  readonly bare: PrepareRound;
}): Promise<Comparison> {
  const rates: { playhead: number; bare: number }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const ours = amount / (await secondsOf(await playhead(round)));
    const theirs = amount / (await secondsOf(await bare(round)));
    if (round > 0) {
      rates.push({ playhead: ours, bare: theirs });
    }
  }
  const figure = (rate: (of: (typeof rates)[number]) => number): Figure => ({
    label: '',
    unit,
    ...toSpread(rates.map(rate)),
  });
  return {
    figures: [figure((rate) => rate.playhead)],
    against: [figure((rate) => rate.bare)],
    ratio: toSpread(rates.map((rate) => rate.playhead / rate.bare)),
  };
}

/** How long a piece of work takes. */
export async function secondsOf(work: Round): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}
