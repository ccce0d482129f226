import { randomUUID } from 'node:crypto';
import { PlayheadError } from '#lib/playhead-error.ts';
import { executeCommand } from '#server/runtime/commands/command.ts';
import type { CommandHandler } from '#server/runtime/commands/command-context.ts';
import { fitsBatch, MAX_MESSAGE_BYTES, weighMessage } from '../domain/message-limits.ts';
import { recordMessages } from './record-messages.ts';

/**
 * Keeps messages of the queue, in any of the three envelopes, as one command. What cannot be read as a change is kept
 * as a refused message. Throws INVALID_INPUT where they are too large, or of too many records, for one transaction,
 * and what the command handler throws.
 */
export async function takeMessages(
  handler: CommandHandler,
  messages: readonly string[],
): Promise<void> {
  const isTooLong = messages.some((each) => Buffer.byteLength(each) > MAX_MESSAGE_BYTES);
  if (isTooLong || !fitsBatch(messages.map(weighMessage))) {
    const sentence = isTooLong
      ? `A change event has at most ${MAX_MESSAGE_BYTES} bytes.`
      : 'These change events are of too many records for one transaction.';
    throw new PlayheadError('INVALID_INPUT', sentence);
  }
  const context = { handler, actor: 'crm-queue', commandId: randomUUID() };
  await executeCommand(context, recordMessages, { messages: [...messages], source: 'queue' });
}
