import type { Env } from '#server/runtime/platform/env.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import type { Tracing } from './tracing.ts';

type TracingEnv = Pick<
  Env,
  'OTEL_EXPORTER_OTLP_ENDPOINT' | 'OTEL_TRACES_SAMPLER' | 'OTEL_TRACES_SAMPLER_ARG'
>;

/**
 * The tracing of a process whose spans go to an OTLP endpoint under the name `service`. Without an endpoint
 * there is none, and nothing of OpenTelemetry is loaded.
 */
export async function startTracing(
  env: TracingEnv,
  service: string,
  logger: Logger,
): Promise<Tracing | undefined> {
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  const ratio = toRatio(env);
  if (endpoint === undefined || ratio === 0) {
    return undefined;
  }
  const { createOtlpTracing } = await import('./otlp-tracing.ts');
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  return createOtlpTracing({ url, ratio, service, logger });
}

/**
 * The share of traces that are exported. No caller brings a trace of its own, so that a sampler that goes by
 * its parent is the one at its root.
 */
function toRatio({ OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: ratio }: TracingEnv) {
  switch (sampler) {
    case 'always_on':
    case 'parentbased_always_on':
      return 1;
    case 'always_off':
    case 'parentbased_always_off':
      return 0;
    case 'traceidratio':
    case 'parentbased_traceidratio':
      return ratio;
  }
}
