import { randomUUID } from 'node:crypto';
import type { CommandResult } from '#lib/contracts/commands.ts';
import type { CommandHandler } from '#server/runtime/commands/command-context.ts';
import type { EventlessLog } from '#server/runtime/commands/eventless/eventless-log.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import type { OpenSpan, Tracing } from '#server/runtime/tracing/tracing.ts';
import { toHttpStatus } from './http-status.ts';
import type { EndedCommand, WebMetrics } from './metrics/web-metrics.ts';
import type { OutageWatch } from './outage-watch.ts';
import { toWebError } from './to-web-error.ts';

export type CarryOutDeps = {
  readonly handler: CommandHandler;
  readonly eventless: EventlessLog;
  readonly logger: Logger;
  readonly metrics: Pick<WebMetrics, 'commandEnded'>;
  readonly outages: OutageWatch;
  readonly requireBound: () => void;
  readonly tracing?: Tracing | undefined;
};

/** What is known of a command before its input was understood. */
type Asked = {
  readonly commandType: string;
  readonly actor: string;
  /** Undefined where what was sent has none: then nothing is kept of a refusal. */
  readonly commandId: string | undefined;
};

/**
 * Carries out a command of a form or a program: `run` reads its input and hands it to the handler. The log
 * has what was unexpected and when a store is gone, the metrics count it, and the history of commands has what
 * was refused before it was understood. Throws PlayheadError.
 */
export async function carryOutCommand(
  { handler, eventless, logger, metrics, outages, requireBound, tracing }: CarryOutDeps,
  { commandType, actor, commandId }: Asked,
  run: (handler: CommandHandler) => Promise<CommandResult>,
): Promise<CommandResult> {
  const startedAt = performance.now();
  const correlationId = randomUUID();
  const span = tracing?.begin(correlationId, {
    name: `submit ${commandType}`,
    kind: 'SERVER',
    attributes: { 'playhead.command.type': commandType, 'playhead.correlation.id': correlationId },
  });
  const ended = (how: Pick<EndedCommand, 'outcome' | 'code'>) => {
    const seconds = (performance.now() - startedAt) / 1_000;
    endSpan(span, how);
    metrics.commandEnded({ type: commandType, seconds, ...how });
  };
  let isIssued = false;
  const issuing: CommandHandler = {
    ...handler,
    execute: (origin, command) => {
      isIssued = true;
      return handler.execute({ ...origin, correlationId }, command);
    },
  };
  try {
    requireBound();
    const carryOut = () => run(issuing);
    const result = await (span === undefined ? carryOut() : span.inside(carryOut));
    ended({ outcome: result.duplicate ? 'duplicate' : 'accepted' });
    return result;
  } catch (cause) {
    const error = toWebError(cause);
    outages.note(error);
    ended({ outcome: toHttpStatus(error.code) >= 500 ? 'failed' : 'rejected', code: error.code });
    // What came to the handler is in its own log.
    if (!isIssued && commandId !== undefined) {
      eventless.keepRefusal({ commandId, commandType, actor, aggregateIds: [] }, error);
    }
    if (error.code === 'UNEXPECTED') {
      logger.error({ err: error.cause ?? cause, commandType }, 'A command failed unexpectedly');
    }
    throw error;
  }
}

/** A refusal is an answer; what the house could not do is an error. */
function endSpan(
  span: OpenSpan | undefined,
  { outcome, code }: Pick<EndedCommand, 'outcome' | 'code'>,
): void {
  span?.set({ 'playhead.outcome': outcome, ...(code && { 'error.type': code }) });
  if (outcome === 'failed') {
    span?.fail(code ?? 'UNEXPECTED');
  }
  span?.end();
}
