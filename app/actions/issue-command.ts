'use server';

import type { ActionResult } from '#lib/contracts/commands.ts';
import { toFormCommand } from '#server/web/form-command.ts';
import { getActionContext } from '#server/web/identity/action-context.ts';
import { runCommand } from '#server/web/run-command.ts';

/**
 * Issues a command of any module that forms may send: its fields, and a `commandId` that the form made,
 * so that a double submit is one command. Anybody can call an action with anything: the input is parsed
 * inside.
 */
export async function issueCommand(type: string, input: unknown): Promise<ActionResult> {
  const context = await getActionContext();
  return runCommand(context, toFormCommand(context.registry, type), input);
}
