import { expect, it } from 'vitest';
import { moveBrush, toBrushed } from './brush.ts';

const press = (key: string, shiftKey = false) => ({ key, shiftKey });

it('begins at the newest step, moves, and widens with Shift', () => {
  const first = moveBrush(null, press('ArrowLeft'), 60);
  expect(first).toEqual({ anchor: 59, head: 59 });
  expect(moveBrush({ anchor: 59, head: 59 }, press('ArrowLeft', true), 60)).toEqual({
    anchor: 59,
    head: 58,
  });
  expect(moveBrush({ anchor: 5, head: 3 }, press('Home'), 60)).toEqual({ anchor: 0, head: 0 });
  expect(moveBrush(null, press('x'), 60)).toBeUndefined();
});

it('is of whole steps, whichever way it was drawn', () => {
  const arrivals = [0, 1, 2].map((minute) => ({
    at: `2026-11-27T10:0${minute}:00.000Z`,
    events: minute,
  }));
  expect(toBrushed({ anchor: 2, head: 1 }, arrivals, 60)).toEqual({
    first: 1,
    last: 2,
    from: Date.parse('2026-11-27T10:01:00.000Z'),
    to: Date.parse('2026-11-27T10:03:00.000Z'),
    events: 3,
  });
});
