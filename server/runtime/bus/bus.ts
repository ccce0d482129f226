import type { BusMessage } from './bus-message.ts';

/** A message as it was received; it comes again when it is not removed within the visibility timeout. */
export type ReceivedMessage = {
  readonly body: string;
  /** What it is removed and released by. */
  readonly receipt: string;
  /** How often it has been received, this time included. */
  readonly receiveCount: number;
};

/** How many messages a queue holds, about. */
export type QueueDepth = {
  readonly waiting: number;
  /** Received, and neither removed nor visible again. */
  readonly inFlight: number;
};

/**
 * One FIFO topic of SNS, to which every event is published, and FIFO queues of SQS. Everything may be repeated.
 * Queues are named without the prefix and the suffix that all have. Throws the SDKs' errors, and BUS_REFUSED where
 * some of a batch's messages were not taken.
 */
export type Bus = {
  readonly createQueue: (queue: string, visibilitySeconds: number) => Promise<void>;
  /** Lets the topic's messages of one type of aggregate into a queue. */
  readonly subscribe: (queue: string, aggregateType: string) => Promise<void>;
  /** Publishes at most ten messages to the topic. */
  readonly publish: (messages: readonly BusMessage[]) => Promise<void>;
  /** Puts at most ten messages into a queue. */
  readonly send: (queue: string, messages: readonly BusMessage[]) => Promise<void>;
  /** At most ten messages; it waits so many seconds for the first. */
  readonly receive: (
    queue: string,
    options: { readonly waitSeconds: number; readonly signal: AbortSignal },
  ) => Promise<ReceivedMessage[]>;
  /** Messages that are done with. */
  readonly remove: (queue: string, receipts: readonly string[]) => Promise<void>;
  /** Lets messages come again after so many seconds. */
  readonly release: (queue: string, receipts: readonly string[], seconds: number) => Promise<void>;
  readonly readDepth: (queue: string) => Promise<QueueDepth>;
  /** Ends a queue's subscription, and removes it with what it holds; nothing where there is none. */
  readonly removeQueue: (queue: string) => Promise<void>;
  readonly close: () => void;
};
