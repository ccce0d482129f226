import type { SpanKind } from '@opentelemetry/api';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';

/** docs/operations.md lists them. Never a payload, an error's sentence or a secret. */
export type SpanAttributes = Readonly<Record<string, string | number>>;

export type SpanFacts = {
  /** Of a few: types and views, never ids. */
  readonly name: string;
  readonly kind?: keyof typeof SpanKind;
  readonly attributes?: SpanAttributes;
};

/** A span that has begun. */
export type OpenSpan = {
  /** Runs `work`, whose spans come beneath this one. */
  readonly inside: <Result>(work: () => Result) => Result;
  readonly set: (attributes: SpanAttributes) => void;
  /** Marks it as failed, with an error's code. */
  readonly fail: (code: string) => void;
  readonly end: () => void;
};

/** What a span tells of an event, and by what it finds its place. */
export type TracedEvent = Pick<
  StoredEvent,
  'aggregateId' | 'eventSequence' | 'eventId' | 'eventType' | 'correlationId'
>;

/**
 * The spans of a process. Times are epoch milliseconds. Nothing here throws or waits but for `work`: spans
 * are exported in the background, and dropped where that fails.
 */
export type Tracing = {
  /** The trace of a correlation; null where it is left out by the sampler. */
  readonly traceIdOf: (correlationId: string) => string | null;
  /** Begins the first span of a correlation's trace. */
  readonly begin: (correlationId: string, facts: SpanFacts) => OpenSpan;
  /** Begins a span beneath the one at hand. */
  readonly open: (facts: SpanFacts) => OpenSpan;
  /** Notes a span for each event that was stored since `begunAt`: all that becomes of the event comes beneath it. */
  readonly noteStored: (events: readonly TracedEvent[], begunAt: number) => void;
  /** Runs `work` on events that have come to this process: a span for each, beneath the one that stored it. */
  readonly receive: <Result>(
    facts: SpanFacts,
    events: readonly TracedEvent[],
    work: () => Promise<Result>,
  ) => Promise<Result>;
  /**
   * Notes a span for each event of a batch that was written from `begunAt` until now: beneath the one that
   * received it here, else beneath the one that stored it.
   */
  readonly noteWritten: (facts: SpanFacts, events: readonly TracedEvent[], begunAt: number) => void;
  /** Exports what is left, within a limit. */
  readonly stop: () => Promise<void>;
};
