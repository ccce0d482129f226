import { z } from 'zod';
import { reasonTextSchema } from '#lib/contracts/command-texts.ts';
import type { Operator } from '#server/runtime/views/record-operator-action.ts';

/** Who answers for what the command line does: in the events' metadata, and in the operators' record. */
export const ACTOR = 'ops';

/** The option of every command whose action is recorded. */
export const reasonOption = {
  flags: '--reason <text>',
  description: 'why, for the record',
} as const;

export const reasonSchema = z.object({
  reason: reasonTextSchema.min(1, '--reason needs a text.').optional(),
});

export function toOperator({ reason }: z.output<typeof reasonSchema>): Operator {
  return reason === undefined ? { actor: ACTOR } : { actor: ACTOR, reason };
}
