import { randomUUID } from 'node:crypto';
import { ROOT_CONTEXT } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  RandomIdGenerator,
  SamplingDecision,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Logger } from '#server/runtime/platform/logger.ts';
import { createFault } from '#server/runtime/stream/fault.ts';

/** Ids that the next span gets, in place of random ones. */
type Ids = { readonly traceId?: string; readonly spanId?: string };

/** So long spans are gathered before they are sent. */
const EXPORT_DELAY_MS = 1_000;

/**
 * OpenTelemetry's SDK as Playhead uses it. It is not registered globally: Next would trace each of its
 * requests by it, and each look at a page is no matter of a command. The sampler decides by the trace id
 * alone, so that all processes export the same traces.
 */
export function createProvider({
  url,
  ratio,
  service,
  logger,
}: {
  readonly url: string;
  readonly ratio: number;
  readonly service: string;
  readonly logger: Logger;
}) {
  const random = new RandomIdGenerator();
  let given: Ids = {};
  const sampler = new TraceIdRatioBasedSampler(ratio);
  const exporter = logFailures(new OTLPTraceExporter({ url }), logger);
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({ 'service.name': service, 'service.instance.id': randomUUID() }),
    ),
    sampler,
    idGenerator: {
      generateTraceId: () => given.traceId ?? random.generateTraceId(),
      generateSpanId: () => given.spanId ?? random.generateSpanId(),
    },
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: EXPORT_DELAY_MS })],
  });
  return {
    provider,
    isSampled: (traceId: string) =>
      sampler.shouldSample(ROOT_CONTEXT, traceId).decision === SamplingDecision.RECORD_AND_SAMPLED,
    /** Starts a span with ids that are known before. */
    withIds: <Span>(ids: Ids, start: () => Span): Span => {
      given = ids;
      try {
        return start();
      } finally {
        given = {};
      }
    },
  };
}

/** The log has the first failed export, and that it works again; the spans are lost. */
function logFailures(exporter: SpanExporter, logger: Logger): SpanExporter {
  const fault = createFault(logger, 'exporting traces');
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.error === undefined) {
          fault.clear();
        } else {
          fault.note(result.error);
        }
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
  };
}
