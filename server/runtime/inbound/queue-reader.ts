import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ErrorCode, PlayheadError } from '#lib/playhead-error.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import { createFault } from '#server/runtime/stream/fault.ts';
import type { InboundMessage, InboundQueue } from './inbound-queue.ts';

/** Batches that are on their way at once. */
const WIDTH = 4;

/** So often it is looked whether messages can be kept again. */
const LOOK_MS = 100;

/** Failures that are not about the messages: the same messages are tried again until it works. */
const PASSING: ReadonlySet<ErrorCode> = new Set([
  'DYNAMODB_UNAVAILABLE',
  'THROTTLED',
  'CONTENTION',
  'NOT_CONFIGURED',
  'SCHEMA_INCOMPLETE',
  'ARCHIVE_UNAVAILABLE',
]);

export type QueueReader = {
  /** Resolves when the batches in hand are kept and removed, or given up to come again. */
  readonly stop: () => Promise<void>;
};

type Options = {
  readonly queue: InboundQueue;
  /** Keeps messages, all or none of them. What comes again must change nothing. */
  readonly take: (messages: readonly string[]) => Promise<unknown>;
  readonly logger: Logger;
  /** What the messages are, for the log. */
  readonly name: string;
};

/**
 * Takes what a queue has: a batch at a time is kept, and removed when it is, so that a process that ends between the
 * two takes it again. Where a batch cannot be kept, its halves are tried, down to the message that cannot be kept alone: it
 * stays in the queue, whose redrive policy moves it aside. While a database is away the batches in hand are tried again and
 * nothing is received, so that an outage moves nothing aside.
 */
export function createQueueReader({ queue, take, logger, name }: Options): QueueReader {
  const stopping = new AbortController();
  const { signal } = stopping;
  // Each request that is on its way listens to it.
  setMaxListeners(0, signal);
  const keeping = createFault(logger, `keeping messages of the queue of ${name}`);
  const receiving = createFault(logger, `receiving from the queue of ${name}`);

  /** Tries until it works, or fails for what the messages are. False where it was given up. */
  async function keep(messages: readonly InboundMessage[]): Promise<boolean> {
    while (!signal.aborted) {
      try {
        await take(messages.map(({ body }) => body));
        keeping.clear();
        return true;
      } catch (error) {
        if (!(error instanceof PlayheadError && PASSING.has(error.code))) {
          keeping.clear();
          throw error;
        }
        await pause(keeping.note(error));
      }
    }
    return false;
  }

  /** Answers with those that are kept: of messages that cannot be kept together, each half is tried. */
  async function keepAll(messages: readonly InboundMessage[]): Promise<InboundMessage[]> {
    try {
      return (await keep(messages)) ? [...messages] : [];
    } catch (error) {
      const [only, ...others] = messages;
      if (only !== undefined && others.length === 0) {
        // Its text may be anything, and is in the queue.
        const told = { messageId: only.id, error: toErrorSentence(error) };
        logger.error(told, `a message in the queue of ${name} cannot be kept`);
        return [];
      }
      const half = Math.ceil(messages.length / 2);
      return [
        ...(await keepAll(messages.slice(0, half))),
        ...(await keepAll(messages.slice(half))),
      ];
    }
  }

  async function pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal }).catch(() => {});
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      if (keeping.status().error !== null) {
        await pause(LOOK_MS);
        continue;
      }
      try {
        const messages = await queue.receive(signal);
        const kept = messages.length === 0 ? [] : await keepAll(messages);
        if (kept.length > 0) {
          await queue.remove(kept);
        }
        receiving.clear();
      } catch (error) {
        if (!signal.aborted) {
          await pause(receiving.note(error));
        }
      }
    }
  }

  const running = Promise.all(Array.from({ length: WIDTH }, run));
  return {
    stop: async () => {
      stopping.abort();
      await running;
      queue.close();
    },
  };
}
