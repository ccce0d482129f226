import { describe, expect, it } from 'vitest';
import {
  afterStep,
  decideReplay,
  REPLAY_STEPS,
  type ReplayFacts,
  type ReplayState,
  toRoute,
} from './decide-replay.ts';

const fresh: ReplayFacts = {
  state: 'create-queues',
  until: null,
  putPosition: 0,
  put: 0,
  handled: 0,
};

describe('a replay', () => {
  it.each(['create-queues', 'subscribe-live', 'route-replay', 'route-live'] as const)(
    'given that %s is next, carries it out',
    (state) => {
      expect(decideReplay({ ...fresh, state })).toEqual({ kind: 'carry-out', step: state });
    },
  );

  it('given events up to the present that were not put yet, puts them', () => {
    const facts = { ...fresh, state: 'put-events', until: 7, putPosition: 6, put: 4 } as const;
    expect(decideReplay(facts)).toEqual({ kind: 'carry-out', step: 'put-events' });
  });

  it('given that all were put, or that there are none, goes on', () => {
    const put = { ...fresh, state: 'put-events', until: 7, putPosition: 7 } as const;
    expect(decideReplay(put)).toEqual({ kind: 'advance', step: 'put-events' });
    expect(decideReplay({ ...put, until: 0, putPosition: 0 })).toEqual({
      kind: 'advance',
      step: 'put-events',
    });
  });

  it('given events that were put and not handled, waits; given none, goes on', () => {
    const facts = {
      ...fresh,
      state: 'wait-until-empty',
      until: 7,
      putPosition: 7,
      put: 4,
    } as const;
    expect(decideReplay({ ...facts, handled: 3 })).toEqual({ kind: 'wait' });
    expect(decideReplay({ ...facts, handled: 4 })).toEqual({
      kind: 'advance',
      step: 'wait-until-empty',
    });
  });

  it('given that it follows the live queue, has nothing left to do', () => {
    expect(decideReplay({ ...fresh, state: 'live' })).toEqual({ kind: 'wait' });
  });

  it('has six steps, one after another, and routes one queue at a time', () => {
    const states: ReplayState[] = [REPLAY_STEPS[0]];
    for (const step of REPLAY_STEPS) {
      expect(states.at(-1)).toBe(step);
      states.push(afterStep(step));
    }
    expect(states.map(toRoute)).toEqual([
      undefined,
      undefined,
      undefined,
      'replay',
      'replay',
      'replay',
      'live',
    ]);
  });
});
