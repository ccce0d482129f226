import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import type { CommandResult } from '#lib/contracts/commands.ts';
import type { CommandContext } from '#server/runtime/commands/command-context.ts';
import { ACTOR } from './operator.ts';
import type { OpsIo } from './ops-command.ts';
import type { OpsContext } from './ops-context.ts';
import { toJson } from './output.ts';

/** The option that every command which writes has. */
export const commandIdOption = {
  flags: '--command-id <id>',
  description: 'send it again with the same id to be sure that it was done once',
} as const;

/** Name spaces of ids that Playhead makes itself, which no operator's command may occupy. */
const RESERVED = /^(?:import:|demo-)/i;

export const commandIdSchema = z.object({
  commandId: z
    .string()
    .refine(
      (id) => !RESERVED.test(id),
      '--command-id: ids that begin with import: or demo- are Playhead’s own.',
    )
    .optional(),
});

/** A command's context, with a new id where none was given. */
export function toCommandContext(
  { handler }: OpsContext,
  { commandId = randomUUID() }: z.output<typeof commandIdSchema>,
): CommandContext {
  return { handler, actor: ACTOR, commandId };
}

/** Says what a command came to. */
export async function printResult(
  io: Pick<OpsIo, 'json' | 'print'>,
  result: CommandResult,
): Promise<number> {
  const { commandId, tokens, duplicate } = result;
  const places = tokens.map(
    ({ aggregateId, sequence }) => `${parseAggregateId(aggregateId).id} is at event ${sequence}`,
  );
  const outcome = places.length > 0 ? places.join(', ') : 'nothing had to change';
  const sentence = `${duplicate ? 'Done before' : 'Done'}: ${outcome}. Command id ${commandId}`;
  await io.print(io.json ? toJson({ commandId, tokens, duplicate }) : sentence);
  return 0;
}
