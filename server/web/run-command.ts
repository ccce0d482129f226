import { z } from 'zod';
import { formCommandIdSchema } from '#lib/contracts/command-texts.ts';
import type { ActionResult } from '#lib/contracts/commands.ts';
import { type CarryOutDeps, carryOutCommand } from './carry-out-command.ts';
import type { FormCommand } from './form-command.ts';
import type { Ask } from './identity/action-context.ts';
import { type Modules, rightOfCommand } from './identity/rights-of.ts';
import { toWebError } from './to-web-error.ts';

const identified = z.looseObject({ commandId: formCommandIdSchema });

/**
 * Carries out a command that a form sent, which may hold anything, for who may send it. Never throws: a failure is data,
 * for the form to show.
 */
export async function runCommand(
  {
    authorize,
    registry,
    ...deps
  }: CarryOutDeps & Pick<Ask, 'authorize'> & { readonly registry: Modules },
  { commandType, run }: FormCommand,
  input: unknown,
): Promise<ActionResult> {
  const startedAt = performance.now();
  const commandId = identified.safeParse(input).data?.commandId;
  try {
    const { actor } = await authorize(rightOfCommand(registry, commandType));
    const asked = { commandType, actor, commandId };
    const result = await carryOutCommand(deps, asked, (handler) => run({ handler, actor }, input));
    return { ok: true, result, milliseconds: performance.now() - startedAt };
  } catch (cause) {
    const { code, message, field } = toWebError(cause);
    return { ok: false, code, message, field };
  }
}
