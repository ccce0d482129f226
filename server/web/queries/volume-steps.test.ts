import { expect, it } from 'vitest';
import { toVolumeSteps } from './volume-steps.ts';

const at = (time: string) => Date.parse(`2026-11-27T${time}:00.000Z`);

it('takes round steps around the span', () => {
  expect(toVolumeSteps({ from: at('10:00'), to: at('11:00') })).toEqual({
    count: 60,
    seconds: 60,
    to: at('11:00'),
  });
  expect(toVolumeSteps({ from: at('00:07'), to: at('23:53') })).toEqual({
    count: 96,
    seconds: 900,
    to: at('24:00'),
  });
});

it('shows ten minutes at least, and never more than a hundred steps', () => {
  expect(toVolumeSteps({ from: at('10:00'), to: at('10:00') }).count).toBe(10);
  expect(toVolumeSteps({ from: 0, to: at('10:00') }).count).toBeLessThanOrEqual(100);
  expect(toVolumeSteps({ from: at('11:00'), to: at('10:00') }).count).toBe(10);
});
