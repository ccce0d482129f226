import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRandom } from '#server/runtime/platform/random.ts';
import { PROCESS_FAULTS, planFaults, WIRE_FAULTS } from './plan-faults.ts';

const seeds = fc.integer();
const lengths = fc.integer({ min: 10, max: 600 });

it('has every kind in every run, in the order of time and within it', () => {
  fc.assert(
    fc.property(seeds, lengths, (seed, seconds) => {
      const faults = planFaults(createRandom(seed), seconds);
      const kinds = new Set(faults.map(({ kind }) => kind));
      expect([...kinds].sort()).toEqual([...PROCESS_FAULTS, ...WIRE_FAULTS].sort());
      const times = faults.map(({ atMs }) => atMs);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times.at(-1)).toBeLessThan(seconds * 1_000);
    }),
  );
});

it('is the same for the same seed', () => {
  fc.assert(
    fc.property(seeds, lengths, (seed, seconds) => {
      const plan = () => planFaults(createRandom(seed), seconds);
      expect(plan()).toEqual(plan());
    }),
  );
});

it('has several of each kind when there is time', () => {
  const faults = planFaults(createRandom(1), 180);
  expect(faults).toHaveLength(2 * (PROCESS_FAULTS.length + WIRE_FAULTS.length));
});

it('freezes a worker for longer than its leases last', () => {
  const freezes = planFaults(createRandom(1), 600).filter(({ kind }) => kind === 'freeze-worker');
  expect(Math.min(...freezes.map(({ forMs }) => forMs))).toBeGreaterThan(6_000);
});
