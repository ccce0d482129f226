import { expect, test } from 'vitest';
import { advance } from './playback.ts';

test('parts of a step add up, and the end is not passed', () => {
  let playback = { sequence: 0, carry: 0 };
  for (let frame = 0; frame < 60; frame += 1) {
    playback = advance(playback, { milliseconds: 1000 / 60 + 0.001, speed: 20, version: 1_000 });
  }
  expect(playback.sequence).toBe(20);
  expect(advance(playback, { milliseconds: 60_000, speed: 100, version: 30 }).sequence).toBe(30);
});

test('at one event a second nothing moves before its time', () => {
  const playback = advance({ sequence: 4, carry: 0 }, { milliseconds: 900, speed: 1, version: 10 });
  expect(playback.sequence).toBe(4);
  expect(advance(playback, { milliseconds: 200, speed: 1, version: 10 }).sequence).toBe(5);
});
