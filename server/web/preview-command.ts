import type { PreviewedEvent, PreviewResult } from '#lib/contracts/commands.ts';
import { createPreviewHandler } from '#server/runtime/commands/create-preview-handler.ts';
import { ACCOUNT_COMMANDS } from './account-commands.ts';
import type { WebContext } from './context.ts';
import { toFormCommand } from './form-command.ts';
import type { Ask } from './identity/action-context.ts';
import { rightOfCommand } from './identity/rights-of.ts';
import { toWebError } from './to-web-error.ts';

type PreviewDeps = Pick<
  WebContext,
  'store' | 'now' | 'registry' | 'logger' | 'outages' | 'requireBound'
> &
  Pick<Ask, 'authorize'>;

/**
 * Decides a command that a form of who may send it sent, which may hold anything, on the states of this moment, and writes
 * nothing: neither events nor a place in the history. Never throws: a refusal is data.
 */
export async function previewCommand(
  { store, now, registry, logger, outages, requireBound, authorize }: PreviewDeps,
  type: unknown,
  input: unknown,
): Promise<PreviewResult> {
  const events: PreviewedEvent[] = [];
  const handler = createPreviewHandler({
    store,
    now,
    onDecided: (decided) => {
      for (const event of decided) {
        const { aggregateId, eventSequence, eventType, eventData } = store.encode(event);
        events.push({ aggregateId, eventSequence, eventType, eventData });
      }
    },
  });
  try {
    requireBound();
    const command = ACCOUNT_COMMANDS.get(`${type}`) ?? toFormCommand(registry, type);
    const { actor } = await authorize(rightOfCommand(registry, command.commandType));
    await command.run({ handler, actor }, input);
    return { ok: true, events };
  } catch (cause) {
    const error = toWebError(cause);
    outages.note(error);
    if (error.code === 'UNEXPECTED') {
      logger.error({ err: error.cause ?? cause }, 'A dry run failed unexpectedly');
    }
    const { code, message, field } = error;
    return { ok: false, code, message, field };
  }
}
