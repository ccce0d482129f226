'use server';

import type { PreviewResult } from '#lib/contracts/commands.ts';
import { getActionContext } from '#server/web/identity/action-context.ts';
import { previewCommand as preview } from '#server/web/preview-command.ts';

/**
 * Says what a command that a form may send would come to now, and writes nothing. Anybody can call an
 * action with anything: the input is parsed inside.
 */
export async function previewCommand(type: string, input: unknown): Promise<PreviewResult> {
  return preview(await getActionContext(), type, input);
}
