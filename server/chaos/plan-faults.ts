import { between, type Random, shuffle } from './draw.ts';

/** What befalls processes. */
export const PROCESS_FAULTS = [
  'kill-worker',
  'kill-two-workers',
  'freeze-worker',
  'kill-web',
  'kill-postgresql',
  'end-postgresql-backend',
  'stop-dynamodb',
  'kill-dynamodb',
  'clock-set-back',
  'unreadable-record',
  'disk-full',
] as const;

/** What befalls requests to DynamoDB and their answers, while it lasts. */
export const WIRE_FAULTS = [
  'repeat-records',
  'reorder-records',
  'throttle',
  'expire-iterators',
  'lose-answers',
  'delay',
] as const;

export type WireFault = (typeof WIRE_FAULTS)[number];
export type FaultKind = (typeof PROCESS_FAULTS)[number] | WireFault;

export type PlannedFault = {
  readonly kind: FaultKind;
  /** When it begins, since the first fault could. */
  readonly atMs: number;
  /** How long a process is gone, or frozen, or the wire is bad. */
  readonly forMs: number;
  /** Who is hit, where there are several: a number from 0 (included) to 1. */
  readonly victim: number;
};

export const ALL_FAULTS: readonly FaultKind[] = [...PROCESS_FAULTS, ...WIRE_FAULTS];

/** So often something happens, if there is time for every kind. */
const APART_MS = 5_000;

/**
 * The faults of a run of `seconds`, in their order: each of the kinds at least once, in rounds that are
 * each in an order of their own, spread over the whole time. They overlap. The same for the same
 * random numbers.
 */
export function planFaults(
  random: Random,
  seconds: number,
  kinds: readonly FaultKind[] = ALL_FAULTS,
): PlannedFault[] {
  const rounds = Math.max(1, Math.floor((seconds * 1_000) / (kinds.length * APART_MS)));
  const drawn = Array.from({ length: rounds }, () => shuffle(random, kinds)).flat();
  const slotMs = (seconds * 1_000) / drawn.length;
  return drawn.map((kind, n) => ({
    kind,
    atMs: Math.floor((n + random() * 0.8) * slotMs),
    forMs: durationMs(kind, random),
    victim: random(),
  }));
}

/** A frozen worker sleeps longer than its leases (4 s, and a second until others look). */
function durationMs(kind: FaultKind, random: Random): number {
  switch (kind) {
    case 'freeze-worker':
      return between(random, 7_000, 9_000);
    case 'end-postgresql-backend':
    case 'unreadable-record':
      return 0;
    case 'clock-set-back':
    case 'disk-full':
      return between(random, 2_000, 4_000);
    case 'kill-worker':
    case 'kill-two-workers':
    case 'kill-web':
    case 'kill-postgresql':
    case 'stop-dynamodb':
    case 'kill-dynamodb':
      return between(random, 200, 4_000);
    case 'repeat-records':
    case 'reorder-records':
    case 'throttle':
    case 'expire-iterators':
    case 'lose-answers':
    case 'delay':
      return between(random, 3_000, 6_000);
  }
}
