import type { ActionResult } from '#lib/contracts/commands.ts';
import type { CommandHandler } from '#server/commands/command-context.ts';
import type { Logger } from '#server/platform/logger.ts';
import type { FormCommand } from './account-commands.ts';
import { toWebError } from './to-web-error.ts';

type RunDeps = { readonly handler: CommandHandler; readonly logger: Logger };

/**
 * Carries out a command that a form sent, which may hold anything. Never throws: a failure is data,
 * for the form to show; the log has what was unexpected.
 */
export async function runCommand(
  { handler, logger }: RunDeps,
  command: FormCommand,
  input: unknown,
): Promise<ActionResult> {
  const startedAt = performance.now();
  try {
    const result = await command(handler, input);
    return { ok: true, result, milliseconds: performance.now() - startedAt };
  } catch (cause) {
    const { code, message, field, cause: reason } = toWebError(cause);
    if (code === 'UNEXPECTED') {
      logger.error({ err: reason ?? cause }, 'A command failed unexpectedly');
    }
    return { ok: false, code, message, field };
  }
}
