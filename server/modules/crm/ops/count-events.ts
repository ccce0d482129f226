import { randomUUID } from 'node:crypto';
import { type Command, executeCommand } from '#server/runtime/commands/command.ts';
import type { CommandHandler } from '#server/runtime/commands/command-context.ts';
import type { CommandPayload } from '#server/runtime/commands/payload-hash.ts';

/** Who imports, and by what. */
export type Importer = { readonly handler: CommandHandler; readonly actor: string };

/** Carries a command out, and answers how many events it wrote. Throws what the command handler throws. */
export async function countEvents<Input extends CommandPayload>(
  importer: Importer,
  command: Command<Input>,
  input: Input,
): Promise<number> {
  let written = 0;
  // The last decision is the one that was written.
  const counted: Command<Input> = {
    ...command,
    decide: (given, context) => {
      const decision = command.decide(given, context);
      written =
        decision.kind === 'accepted'
          ? [...decision.events.values()].reduce((sum, { length }) => sum + length, 0)
          : 0;
      return decision;
    },
  };
  await executeCommand({ ...importer, commandId: randomUUID() }, counted, input);
  return written;
}
