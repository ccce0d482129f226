import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { retryDynamo } from '#server/platform/retry-dynamo.ts';
import { commandRecordSchema } from './command-record.ts';

/** AWS's limit for one BatchGetItem. */
const MAX_KEYS = 100;

const keptSchema = commandRecordSchema.extend({
  /** When DynamoDB may delete it, in seconds since 1970. */
  expiresAt: z.number(),
});
const keySchema = z.looseObject({ commandId: z.string() });

/** A command's record as it is kept; `unreadable` where this program cannot read it. */
export type KeptRecord = z.infer<typeof keptSchema> | 'unreadable';

/**
 * The records of these commands, each id given once, consistently read; commands without one are left
 * out. Throws what `retryDynamo` throws.
 */
export async function getCommandRecords(
  { documents, tables }: Dynamo,
  commandIds: readonly string[],
): Promise<Map<string, KeptRecord>> {
  const records = new Map<string, KeptRecord>();
  for (let from = 0; from < commandIds.length; from += MAX_KEYS) {
    const Keys = commandIds.slice(from, from + MAX_KEYS).map((commandId) => ({ commandId }));
    let wanted: BatchGetCommandInput['RequestItems'] = {
      [tables.commands]: { Keys, ConsistentRead: true },
    };
    while (wanted !== undefined && Object.keys(wanted).length > 0) {
      const RequestItems = wanted;
      const answer: BatchGetCommandOutput = await retryDynamo(() =>
        documents.send(new BatchGetCommand({ RequestItems })),
      );
      for (const item of answer.Responses?.[tables.commands] ?? []) {
        const record = keptSchema.safeParse(item);
        records.set(keySchema.parse(item).commandId, record.success ? record.data : 'unreadable');
      }
      wanted = answer.UnprocessedKeys;
    }
  }
  return records;
}
