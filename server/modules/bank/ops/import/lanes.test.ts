import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createLanes } from './lanes.ts';

it('keeps the order within a key, and its width and its backlog', async () => {
  const lanes = createLanes({ width: 3, backlog: 5 });
  const done = new Map<string, number[]>();
  let running = 0;
  let started = 0;
  let pushed = 0;
  let most = { running: 0, waiting: 0 };
  for (let number = 0; number < 200; number += 1) {
    const key = `k${(number * 7) % 5}`;
    pushed += 1;
    await lanes.push(key, async () => {
      running += 1;
      started += 1;
      most = {
        running: Math.max(most.running, running),
        waiting: Math.max(most.waiting, pushed - started),
      };
      await turn();
      await turn();
      done.set(key, [...(done.get(key) ?? []), number]);
      running -= 1;
    });
  }
  await lanes.flush();
  expect([...done.values()].flat()).toHaveLength(200);
  for (const numbers of done.values()) {
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  }
  expect(most.running).toBe(3);
  expect(most.waiting).toBeLessThan(5);
});

it('begins nothing more once a task has failed, and says why', async () => {
  const lanes = createLanes({ width: 1, backlog: 10 });
  const ran: string[] = [];
  const task = (name: string) => async () => {
    ran.push(name);
    if (name === 'second') {
      throw new Error('broken');
    }
  };
  await lanes.push('a', task('first'));
  await lanes.push('a', task('second'));
  await lanes.push('a', task('third'));
  await expect(lanes.flush()).rejects.toThrow('broken');
  await expect(lanes.push('a', task('fourth'))).rejects.toThrow('broken');
  await turn();
  expect(ran).toEqual(['first', 'second']);
});
