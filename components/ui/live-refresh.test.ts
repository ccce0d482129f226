import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRefresher } from './live-refresh.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('refreshes at once after a quiet time, then once per interval with all that moved', async () => {
  const refresh = vi.fn(() => Promise.resolve());
  const refresher = createRefresher(refresh);
  refresher.moved('accounts');
  expect(refresh.mock.calls).toEqual([[new Set(['accounts'])]]);

  refresher.moved('accounts');
  refresher.moved('journal');
  refresher.moved('journal');
  expect(refresh).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(400);
  expect(refresh).toHaveBeenCalledTimes(2);
  expect(refresh).toHaveBeenLastCalledWith(new Set(['accounts', 'journal']));

  await vi.advanceTimersByTimeAsync(1_000);
  expect(refresh).toHaveBeenCalledTimes(2);
  refresher.all();
  expect(refresh).toHaveBeenLastCalledWith('all');
});

it('waits for the answers of the round before, and goes on without them after a while', async () => {
  const refresh = vi.fn(() => new Promise<void>(() => {}));
  const refresher = createRefresher(refresh);
  refresher.moved('accounts');
  refresher.moved('accounts');
  await vi.advanceTimersByTimeAsync(4_900);
  expect(refresh).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(refresh).toHaveBeenCalledTimes(2);
});

it('goes on after a round that failed', async () => {
  const refresh = vi.fn(() => Promise.reject(new Error('no answer')));
  const refresher = createRefresher(refresh);
  refresher.moved('accounts');
  refresher.moved('accounts');
  await vi.advanceTimersByTimeAsync(400);
  expect(refresh).toHaveBeenCalledTimes(2);
});

it('does nothing after it was stopped', async () => {
  const refresh = vi.fn(() => Promise.resolve());
  const refresher = createRefresher(refresh);
  refresher.moved('accounts');
  refresher.moved('accounts');
  refresher.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(refresh).toHaveBeenCalledTimes(1);
});
