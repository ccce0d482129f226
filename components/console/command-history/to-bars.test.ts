import { describe, expect, it } from 'vitest';
import type { JourneyStep } from '#lib/contracts/command-history.ts';
import { toBars } from './to-bars.ts';

const step = (name: string, ms: number | null): JourneyStep => ({
  name,
  database: null,
  state: 'done',
  ms,
  note: null,
});

describe('the bars of a waterfall', () => {
  it('begin where the station before was reached, and those of views at the journal', () => {
    const steps = [
      step('accepted', 0),
      step('stored', 10),
      step('journal', 20),
      step('accounts', 40),
      step('transactions', 30),
    ];
    expect(toBars(steps)).toEqual([
      { from: 0, to: 0 },
      { from: 0, to: 0.25 },
      { from: 0.25, to: 0.5 },
      { from: 0.5, to: 1 },
      { from: 0.5, to: 0.75 },
    ]);
  });

  it('are missing without a time, and end no earlier than they begin', () => {
    const steps = [step('accepted', 5), step('stored', null), step('journal', 4), step('a', null)];
    expect(toBars(steps)).toEqual([{ from: 0, to: 1 }, null, { from: 0.8, to: 0.8 }, null]);
  });

  it('are of no length where all was at once', () => {
    expect(toBars([step('accepted', 0)])).toEqual([{ from: 0, to: 0 }]);
  });
});
