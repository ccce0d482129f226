import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyedQueue } from './keyed-queue.ts';

describe('keyed queue', () => {
  it('runs tasks that share a key in turn, and others side by side', async () => {
    const inTurn = createKeyedQueue();
    const log: string[] = [];
    const { promise: gate, resolve: openGate } = withResolvers();
    const task = (name: string, wait?: Promise<void>) => async () => {
      log.push(`${name} begins`);
      await wait;
      log.push(`${name} ends`);
    };
    const first = inTurn(['a', 'b'], task('ab', gate));
    const second = inTurn(['b'], task('b'));
    const apart = inTurn(['c'], task('c'));
    await apart;
    expect(log).toEqual(['ab begins', 'c begins', 'c ends']);
    openGate();
    await Promise.all([first, second]);
    expect(log.slice(3)).toEqual(['ab ends', 'b begins', 'b ends']);
  });

  it('hands out results and errors, and goes on after an error', async () => {
    const inTurn = createKeyedQueue();
    const failed = inTurn(['a'], () => Promise.reject(new Error('no')));
    const next = inTurn(['a'], () => Promise.resolve(7));
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe(7);
  });

  it('never runs two tasks of one key at once, and ends whatever the keys', async () => {
    const keys = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(keys, { maxLength: 40 }), async (tasks) => {
        const inTurn = createKeyedQueue();
        const running = new Set<string>();
        let collisions = 0;
        const done = tasks.map((own) =>
          inTurn(own, async () => {
            const distinct = [...new Set(own)];
            collisions += distinct.filter((key) => running.has(key)).length;
            for (const key of distinct) {
              running.add(key);
            }
            await Promise.resolve();
            for (const key of distinct) {
              running.delete(key);
            }
          }),
        );
        await Promise.all(done);
        expect(collisions).toBe(0);
      }),
    );
  });
});

function withResolvers() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
