import { z } from 'zod';
import { formCommandIdSchema } from '#lib/contracts/command-texts.ts';
import type { CommandResult } from '#lib/contracts/commands.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { executeCommand } from '#server/runtime/commands/command.ts';
import type { CommandContext } from '#server/runtime/commands/command-context.ts';
import { parseInput } from '#server/runtime/commands/parse-input.ts';
import type { Registry } from '#server/runtime/registry.ts';

/** With what a form's command is carried out, and for whom. */
export type FormContext = Pick<CommandContext, 'handler' | 'actor'>;

/** A command as a browser's form sends it. `run` throws PlayheadError. */
export type FormCommand = {
  readonly commandType: string;
  readonly run: (context: FormContext, input: unknown) => Promise<CommandResult>;
};

const formSchema = z.looseObject({ commandId: formCommandIdSchema });

/**
 * A module's command for the console's own forms: the command's input with a `commandId`. Its `run` throws
 * INVALID_INPUT for a type that no module has, or that has a form of its own.
 */
export function toFormCommand(
  { commands }: Pick<Registry, 'commands'>,
  type: unknown,
): FormCommand {
  const command = commands.get(`${type}`);
  return {
    commandType: command?.isIssuedByForm === true ? command.type : 'unknown',
    run: async (context, input) => {
      if (command?.isIssuedByForm !== true) {
        const sentence = `There is no command “${`${type}`.slice(0, 40)}” for a form.`;
        throw new PlayheadError('INVALID_INPUT', sentence);
      }
      const { commandId, ...fields } = parseInput(formSchema, input);
      const payload = parseInput(command.schema, fields);
      return executeCommand({ ...context, commandId }, command, payload);
    },
  };
}
