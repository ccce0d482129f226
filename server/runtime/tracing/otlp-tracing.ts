import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import type { Logger } from '#server/runtime/platform/logger.ts';
import { createProvider } from './create-provider.ts';
import { toErrorType } from './error-type.ts';
import { toEventAttributes } from './event-attributes.ts';
import { toSpanId, toTraceId } from './trace-ids.ts';
import type { OpenSpan, SpanFacts, TracedEvent, Tracing } from './tracing.ts';

/** A stop waits so long for the last export: the worker's own limit is three times that. */
const STOP_TIMEOUT_MS = 1_500;

/**
 * Tracing over OTLP/HTTP. A trace's id is of the correlation id, and the id of the span that stored an event
 * is of the event's id: so every process finds both in the event, which carries nothing for it (ADR 27).
 */
export function createOtlpTracing(options: {
  readonly url: string;
  readonly ratio: number;
  readonly service: string;
  readonly logger: Logger;
}): Tracing {
  const { provider, isSampled, withIds } = createProvider(options);
  const tracer = provider.getTracer('playhead');
  const atHand = new AsyncLocalStorage<Context>();
  /** Of what is being delivered: the span of each event. */
  const received = new AsyncLocalStorage<ReadonlyMap<string, Context>>();

  function start(facts: SpanFacts, parent: Context, startTime?: number): Span {
    const { name, kind = 'INTERNAL', attributes = {} } = facts;
    return tracer.startSpan(name, { kind: SpanKind[kind], attributes, startTime }, parent);
  }

  const ofEvent = (facts: SpanFacts, event: TracedEvent): SpanFacts => ({
    ...facts,
    attributes: { ...facts.attributes, ...toEventAttributes(event) },
  });

  function toOpenSpan(span: Span): OpenSpan {
    const context = trace.setSpan(ROOT_CONTEXT, span);
    return {
      inside: (work) => atHand.run(context, work),
      set: (attributes) => span.setAttributes(attributes),
      fail: (code) => fail(span, code),
      end: () => span.end(),
    };
  }

  return {
    traceIdOf: (correlationId) => {
      const traceId = toTraceId(correlationId);
      return isSampled(traceId) ? traceId : null;
    },
    begin: (correlationId, facts) =>
      toOpenSpan(withIds({ traceId: toTraceId(correlationId) }, () => start(facts, ROOT_CONTEXT))),
    open: (facts) => toOpenSpan(start(facts, atHand.getStore() ?? ROOT_CONTEXT)),
    noteStored: (events, begunAt) => {
      const parent = atHand.getStore() ?? ROOT_CONTEXT;
      for (const event of events) {
        const facts = ofEvent({ name: `store ${event.eventType}`, kind: 'PRODUCER' }, event);
        withIds({ spanId: toSpanId(event.eventId) }, () => start(facts, parent, begunAt)).end();
      }
    },
    receive: async (facts, events, work) => {
      const spans = events.map((event) => start(ofEvent(facts, event), toStored(event)));
      const contexts = spans.map((span) => trace.setSpan(ROOT_CONTEXT, span));
      const byEvent = events.flatMap(({ eventId }, index): [string, Context][] => {
        const context = contexts[index];
        return context === undefined ? [] : [[eventId, context]];
      });
      try {
        return await received.run(new Map(byEvent), work);
      } catch (error) {
        for (const span of spans) {
          fail(span, toErrorType(error));
        }
        throw error;
      } finally {
        for (const span of spans) {
          span.end();
        }
      }
    },
    noteWritten: (facts, events, begunAt) => {
      const byEvent = received.getStore();
      for (const event of events) {
        const parent = byEvent?.get(event.eventId) ?? toStored(event);
        start(ofEvent(facts, event), parent, begunAt).end();
      }
    },
    stop: async () => {
      const limit = sleep(STOP_TIMEOUT_MS, undefined, { ref: false });
      await Promise.race([provider.shutdown(), limit]).catch(() => {});
    },
  };
}

function fail(span: Span, code: string): void {
  span.setAttribute('error.type', code);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** The span that stored an event, most likely in another process. */
function toStored({ correlationId, eventId }: TracedEvent): Context {
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId: toTraceId(correlationId),
    spanId: toSpanId(eventId),
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  });
}
