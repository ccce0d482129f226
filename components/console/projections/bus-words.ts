import type { Tone } from '#components/ui/tone.ts';
import type { BusReplay } from '#lib/contracts/bus.ts';

/** The steps of a replay, in their order, in words. */
const STEPS: readonly (readonly [step: string, words: string])[] = [
  ['create-queues', 'Create the queues'],
  ['subscribe-live', 'Subscribe the live queue'],
  ['route-replay', 'Route the replay queue to the handler'],
  ['put-events', 'Put the events into the replay queue'],
  ['wait-until-empty', 'Wait until it is empty'],
  ['route-live', 'Route the live queue to the handler'],
];

/** A step in words, with its number: "4 of 6: Put the events into the replay queue". */
export function nameStep(step: string): string {
  const index = STEPS.findIndex(([name]) => name === step);
  return index === -1 ? step : `${index + 1} of ${STEPS.length}: ${STEPS[index]?.[1] ?? ''}`;
}

/** How a replay stands, and at which step it is. */
export function nameReplay({ status, state, error }: BusReplay): {
  readonly tone: Tone;
  readonly word: string;
} {
  if (status !== 'running' && status !== 'ready') {
    return { tone: 'neutral', word: `Over: ${status}` };
  }
  const word = state === 'live' ? 'Follows the live queue' : nameStep(state);
  return { tone: error === null ? (state === 'live' ? 'good' : 'accent') : 'warn', word };
}
