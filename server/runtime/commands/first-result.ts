import type { CommandResult } from '#lib/contracts/commands.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { CommandRecord } from '#server/runtime/event-store/command-record.ts';
import type { ParsedCommand } from './command-context.ts';
import { isHashOf } from './payload-hash.ts';

/**
 * The first result of a command that was sent again. Throws COMMAND_ID_REUSED when this time it
 * asks for something else.
 */
export function toFirstResult(
  record: CommandRecord,
  asked: Pick<ParsedCommand, 'commandType' | 'payload'>,
): CommandResult {
  const { commandId, commandType, acceptedAt, tokens } = record;
  if (!isHashOf(record.payloadHash, asked.commandType, asked.payload)) {
    throw new PlayheadError(
      'COMMAND_ID_REUSED',
      `The command id ${commandId} belongs to another command (${commandType}, accepted at ` +
        `${acceptedAt}). Send a new command with a new id.`,
      { field: 'commandId' },
    );
  }
  return { commandId, tokens, duplicate: true };
}
