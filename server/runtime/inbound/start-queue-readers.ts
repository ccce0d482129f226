import { PlayheadError } from '#lib/playhead-error.ts';
import { createCommandHandler } from '#server/runtime/commands/create-command-handler.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import type { Module } from '#server/runtime/module.ts';
import type { Env } from '#server/runtime/platform/env.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import { connectInboundQueue } from './inbound-queue.ts';
import { createQueueReader, type QueueReader } from './queue-reader.ts';

/**
 * Begins to read the queues of PLAYHEAD_QUEUES, each for its module, whose commands have a handler of their own. Any
 * number of workers may read one. Throws NOT_CONFIGURED for a module that takes no messages.
 */
export function startQueueReaders({
  env,
  modules,
  store,
  logger,
}: {
  readonly env: Pick<Env, 'PLAYHEAD_QUEUES' | 'AWS_REGION'>;
  readonly modules: readonly Module[];
  readonly store: EventStore;
  readonly logger: Logger;
}): QueueReader {
  const found = env.PLAYHEAD_QUEUES.map(({ module, url }) => {
    const takeMessages = modules.find(({ name }) => name === module)?.takeMessages;
    if (takeMessages === undefined) {
      const sentence = `PLAYHEAD_QUEUES names a queue of “${module}”, and no module of that name takes messages.`;
      throw new PlayheadError('NOT_CONFIGURED', sentence);
    }
    return { module, url, takeMessages };
  });
  const handler = createCommandHandler({
    store,
    now: () => new Date(),
    onSnapshotError: (err) => logger.warn({ err }, 'a snapshot could not be written'),
  });
  const readers = found.map(({ module, url, takeMessages }) =>
    createQueueReader({
      queue: connectInboundQueue(url, env.AWS_REGION),
      take: (messages) => takeMessages(handler, messages),
      logger,
      name: module,
    }),
  );
  return {
    stop: async () => {
      await Promise.all(readers.map((reader) => reader.stop()));
      await handler.close();
    },
  };
}
