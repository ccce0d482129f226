import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';
import { type CommandRecord, commandRecordSchema } from './command-record.ts';

/**
 * The record of a command that was accepted before, consistently read. Throws UNEXPECTED when it
 * cannot be read: guessing could carry a command out twice.
 */
export async function getCommand(
  { documents, tables }: Dynamo,
  commandId: string,
): Promise<CommandRecord | undefined> {
  const { Item } = await retryDynamo(() =>
    documents.send(
      new GetCommand({ TableName: tables.commands, Key: { commandId }, ConsistentRead: true }),
    ),
  );
  if (Item === undefined) {
    return undefined;
  }
  const parsed = commandRecordSchema.safeParse(Item);
  if (!parsed.success) {
    const sentence = `The record of command ${commandId} cannot be read: ${parsed.error.message}`;
    throw new PlayheadError('UNEXPECTED', sentence, { cause: parsed.error });
  }
  return parsed.data;
}
