import { expect, it } from 'vitest';
import type { BusReplay } from '#lib/contracts/bus.ts';
import { nameReplay, nameStep } from './bus-words.ts';

const replay: BusReplay = {
  rebuild: 1,
  projection: 'crates',
  status: 'running',
  state: 'put-events',
  attempt: 0,
  steps: [],
  until: 9,
  put: 4,
  replayed: 2,
  live: 0,
  duplicates: 0,
  deadLetters: 0,
  depths: null,
  error: null,
  worker: null,
  requestedBy: 'ann',
};

it('names the step that a replay is at', () => {
  expect(nameReplay(replay)).toEqual({
    tone: 'accent',
    word: '4 of 6: Put the events into the replay queue',
  });
  expect(nameReplay({ ...replay, state: 'live', status: 'ready' })).toEqual({
    tone: 'good',
    word: 'Follows the live queue',
  });
});

it('never reads good where something is wrong, nor at a step it does not know', () => {
  expect(nameReplay({ ...replay, state: 'live', error: 'No queue' }).tone).toBe('warn');
  expect(nameReplay({ ...replay, status: 'cancelled' })).toEqual({
    tone: 'neutral',
    word: 'Over: cancelled',
  });
  expect(nameStep('brand-new')).toBe('brand-new');
});
