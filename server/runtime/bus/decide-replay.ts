/** The steps of a new projection's replay, in their order. */
export const REPLAY_STEPS = [
  'create-queues',
  'subscribe-live',
  'route-replay',
  'put-events',
  'wait-until-empty',
  'route-live',
] as const;
export type ReplayStep = (typeof REPLAY_STEPS)[number];

/** What a replay is at: its next step, or `live` when all are done and it follows the live queue. */
export const REPLAY_STATES = [...REPLAY_STEPS, 'live'] as const;
export type ReplayState = (typeof REPLAY_STATES)[number];

/** The queues of a replay. */
export type ReplayQueue = 'replay' | 'live';

/** What a replay's next move depends on. */
export type ReplayFacts = {
  readonly state: ReplayState;
  /** Null until live events pile up. */
  readonly until: number | null;
  readonly putPosition: number;
  /** Events that were put into the replay queue. */
  readonly put: number;
  /** Events that the handler has taken, each counted once. */
  readonly handled: number;
};

/** carry-out: do the step. advance: it is done, note that. wait: it takes time. */
export type ReplayMove =
  | { readonly kind: 'carry-out'; readonly step: Exclude<ReplayStep, 'wait-until-empty'> }
  | { readonly kind: 'advance'; readonly step: ReplayStep }
  | { readonly kind: 'wait' };

/**
 * What a replay does next. Whether the replay queue is empty is told by exact counts, not by the queue, whose own
 * counts are approximate. Pure.
 */
export function decideReplay({ state, until, putPosition, put, handled }: ReplayFacts): ReplayMove {
  switch (state) {
    case 'live':
      return { kind: 'wait' };
    case 'put-events':
      return until !== null && putPosition >= until
        ? { kind: 'advance', step: state }
        : { kind: 'carry-out', step: state };
    case 'wait-until-empty':
      return handled >= put ? { kind: 'advance', step: state } : { kind: 'wait' };
    default:
      return { kind: 'carry-out', step: state };
  }
}

/** What comes after a step. Pure. */
export function afterStep(step: ReplayStep): ReplayState {
  return REPLAY_STATES[REPLAY_STEPS.indexOf(step) + 1] ?? 'live';
}

/** The queue that the handler takes messages from; undefined before any is routed to it. Pure. */
export function toRoute(state: ReplayState): ReplayQueue | undefined {
  if (state === 'live') {
    return 'live';
  }
  return REPLAY_STEPS.indexOf(state) > REPLAY_STEPS.indexOf('route-replay') ? 'replay' : undefined;
}
