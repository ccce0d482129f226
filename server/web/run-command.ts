import type { ActionResult } from '#lib/contracts/commands.ts';
import type { CommandHandler } from '#server/commands/command-context.ts';
import type { Logger } from '#server/platform/logger.ts';
import type { FormCommand } from './account-commands.ts';
import { toHttpStatus } from './http-status.ts';
import type { EndedCommand, WebMetrics } from './metrics/web-metrics.ts';
import type { OutageWatch } from './outage-watch.ts';
import { toWebError } from './to-web-error.ts';

type RunDeps = {
  readonly handler: CommandHandler;
  readonly logger: Logger;
  readonly metrics: Pick<WebMetrics, 'commandEnded'>;
  readonly outages: OutageWatch;
  readonly requireBound: () => void;
};

/**
 * Carries out a command that a form sent, which may hold anything. Never throws: a failure is data,
 * for the form to show; the log has what was unexpected and when a store is gone, and the metrics count it.
 */
export async function runCommand(
  { handler, logger, metrics, outages, requireBound }: RunDeps,
  { commandType, run }: FormCommand,
  input: unknown,
): Promise<ActionResult> {
  const startedAt = performance.now();
  const ended = (how: Pick<EndedCommand, 'outcome' | 'code'>) => {
    const milliseconds = performance.now() - startedAt;
    metrics.commandEnded({ type: commandType, seconds: milliseconds / 1_000, ...how });
    return milliseconds;
  };
  try {
    requireBound();
    const result = await run(handler, input);
    const milliseconds = ended({ outcome: result.duplicate ? 'duplicate' : 'accepted' });
    return { ok: true, result, milliseconds };
  } catch (cause) {
    const error = toWebError(cause);
    const { code, message, field } = error;
    outages.note(error);
    ended({ outcome: toHttpStatus(code) >= 500 ? 'failed' : 'rejected', code });
    if (code === 'UNEXPECTED') {
      logger.error({ err: error.cause ?? cause, commandType }, 'A command failed unexpectedly');
    }
    return { ok: false, code, message, field };
  }
}
