import { afterEach, expect, it, vi } from 'vitest';
import { createWakeSignal } from './wake-signal.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('ends a sleep when it is woken', async () => {
  const signal = createWakeSignal();
  const sleep = signal.sleep(1_000_000);
  signal.wake();
  await sleep;
});

it('keeps one wake for the next sleep', async () => {
  vi.useFakeTimers();
  const signal = createWakeSignal();
  signal.wake();
  signal.wake();
  await signal.sleep(1_000_000);
  let isOver = false;
  const second = signal.sleep(100).then(() => {
    isOver = true;
  });
  await vi.advanceTimersByTimeAsync(99);
  expect(isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await second;
  expect(isOver).toBe(true);
});
