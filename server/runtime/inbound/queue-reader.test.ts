import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { PlayheadError } from '#lib/playhead-error.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createQueueReader } from './queue-reader.ts';

const logger = createLogger({ LOG_LEVEL: 'silent' }, 'test');

/** A queue of these messages, and what became of them. */
function createQueue(bodies: readonly string[]) {
  const waiting = bodies.map((body) => ({ id: body, body, receipt: body }));
  const seen = { receives: 0, removed: [] as string[] };
  return {
    seen,
    receive: async () => {
      seen.receives += 1;
      await turn();
      return waiting.splice(0);
    },
    remove: async (messages: readonly { readonly body: string }[]) => {
      seen.removed.push(...messages.map(({ body }) => body));
    },
    close: () => {},
  };
}

it('receives nothing while what it has cannot be kept, and keeps it afterwards', async () => {
  const queue = createQueue(['a', 'b']);
  const receives: number[] = [];
  const take = async () => {
    receives.push(queue.seen.receives);
    if (receives.length < 4) {
      throw new PlayheadError('DYNAMODB_UNAVAILABLE', 'DynamoDB does not answer.');
    }
  };
  const reader = createQueueReader({ queue, take, logger, name: 'test' });
  await expect.poll(() => queue.seen.removed).toEqual(['a', 'b']);
  await reader.stop();
  const [, ...duringOutage] = receives;
  expect(duringOutage).toHaveLength(3);
  expect(new Set(duringOutage).size).toBe(1);
});

it('keeps the others of a batch, and leaves in the queue the one that cannot be kept', async () => {
  const queue = createQueue(['a', 'b', 'poison', 'd', 'e']);
  const kept: string[] = [];
  const take = async (messages: readonly string[]) => {
    if (messages.includes('poison')) {
      throw new PlayheadError('EVENT_TOO_LARGE', 'It is too large.');
    }
    kept.push(...messages);
  };
  const reader = createQueueReader({ queue, take, logger, name: 'test' });
  await expect.poll(() => queue.seen.removed).toEqual(['a', 'b', 'd', 'e']);
  await reader.stop();
  expect(kept).toEqual(['a', 'b', 'd', 'e']);
});

it('stops in an outage, with what it has left in the queue', async () => {
  const queue = createQueue(['a']);
  let tries = 0;
  const take = async () => {
    tries += 1;
    throw new PlayheadError('THROTTLED', 'DynamoDB asks to slow down.');
  };
  const reader = createQueueReader({ queue, take, logger, name: 'test' });
  await expect.poll(() => tries).toBeGreaterThan(1);
  await reader.stop();
  expect(queue.seen.removed).toEqual([]);
});
