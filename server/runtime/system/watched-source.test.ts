import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createWatchedSource } from './watched-source.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('asks once for everybody who wants to know at a moment', async () => {
  const ask = vi.fn(async () => 'up');
  const read = createWatchedSource(ask, { freshForMs: 700 });
  const answers = await Promise.all([read(), read(), read()]);
  expect(answers).toEqual(Array(3).fill({ facts: 'up', failure: null }));
  await read();
  expect(ask).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(700);
  await read();
  expect(ask).toHaveBeenCalledTimes(2);
});

it('is silent after its timeout, at once from then on, and is not asked again meanwhile', async () => {
  let answer: (facts: string) => void = () => {};
  const ask = vi.fn(
    () =>
      new Promise<string>((resolve) => {
        answer = resolve;
      }),
  );
  const read = createWatchedSource(ask, { timeoutMs: 1_500 });
  const first = read();
  await vi.advanceTimersByTimeAsync(1_500);
  const silent = await first;
  expect(silent).toMatchObject({ facts: null, failure: { error: { name: 'TimeoutError' } } });
  await vi.advanceTimersByTimeAsync(5_000);
  const second = read();
  await vi.advanceTimersByTimeAsync(0);
  expect((await second).failure?.since).toBe(silent.failure?.since);
  expect(ask).toHaveBeenCalledTimes(1);
  answer('up');
  await vi.advanceTimersByTimeAsync(0);
  expect(await read()).toEqual({ facts: 'up', failure: null });
});

it('tells a failure as it is, and since when it lasts', async () => {
  const failing = new Error('refused');
  const read = createWatchedSource(() => Promise.reject(failing), { freshForMs: 0 });
  const first = await read();
  expect(first).toMatchObject({ facts: null, failure: { error: failing } });
  vi.advanceTimersByTime(2_000);
  expect((await read()).failure?.since).toBe(first.failure?.since);
});
