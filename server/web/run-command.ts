import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { formCommandIdSchema } from '#lib/contracts/command-texts.ts';
import type { ActionResult } from '#lib/contracts/commands.ts';
import type { PlayheadError } from '#lib/playhead-error.ts';
import type { CommandHandler } from '#server/runtime/commands/command-context.ts';
import type { EventlessLog } from '#server/runtime/commands/eventless/eventless-log.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import type { OpenSpan, Tracing } from '#server/runtime/tracing/tracing.ts';
import { ACTOR, type FormCommand } from './form-command.ts';
import { toHttpStatus } from './http-status.ts';
import type { EndedCommand, WebMetrics } from './metrics/web-metrics.ts';
import type { OutageWatch } from './outage-watch.ts';
import { toWebError } from './to-web-error.ts';

type RunDeps = {
  readonly handler: CommandHandler;
  readonly eventless: EventlessLog;
  readonly logger: Logger;
  readonly metrics: Pick<WebMetrics, 'commandEnded'>;
  readonly outages: OutageWatch;
  readonly requireBound: () => void;
  readonly tracing?: Tracing | undefined;
};

/**
 * Carries out a command that a form sent, which may hold anything. Never throws: a failure is data,
 * for the form to show; the log has what was unexpected and when a store is gone, and the metrics count it.
 */
export async function runCommand(
  { handler, eventless, logger, metrics, outages, requireBound, tracing }: RunDeps,
  { commandType, run }: FormCommand,
  input: unknown,
): Promise<ActionResult> {
  const startedAt = performance.now();
  const correlationId = randomUUID();
  const span = tracing?.begin(correlationId, {
    name: `submit ${commandType}`,
    kind: 'SERVER',
    attributes: { 'playhead.command.type': commandType, 'playhead.correlation.id': correlationId },
  });
  const ended = (how: Pick<EndedCommand, 'outcome' | 'code'>) => {
    const milliseconds = performance.now() - startedAt;
    endSpan(span, how);
    metrics.commandEnded({ type: commandType, seconds: milliseconds / 1_000, ...how });
    return milliseconds;
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
    const carryOut = () => run(issuing, input);
    const result = await (span === undefined ? carryOut() : span.inside(carryOut));
    const milliseconds = ended({ outcome: result.duplicate ? 'duplicate' : 'accepted' });
    return { ok: true, result, milliseconds };
  } catch (cause) {
    const error = toWebError(cause);
    const { code, message, field } = error;
    outages.note(error);
    ended({ outcome: toHttpStatus(code) >= 500 ? 'failed' : 'rejected', code });
    // What came to the handler is in its own log.
    if (!isIssued) {
      keepUnread(eventless, commandType, input, error);
    }
    if (code === 'UNEXPECTED') {
      logger.error({ err: error.cause ?? cause, commandType }, 'A command failed unexpectedly');
    }
    return { ok: false, code, message, field };
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

const identified = z.looseObject({ commandId: formCommandIdSchema });

/** Keeps a command that was refused before it was understood; what has no id is none. */
function keepUnread(
  eventless: EventlessLog,
  commandType: string,
  input: unknown,
  error: PlayheadError,
): void {
  const { data } = identified.safeParse(input);
  if (data !== undefined) {
    const { commandId } = data;
    eventless.keepRefusal({ commandId, commandType, actor: ACTOR, aggregateIds: [] }, error);
  }
}
