import { z } from 'zod';
import { batchGet } from '#server/runtime/platform/batch-get.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { commandRecordSchema } from './command-record.ts';

const keptSchema = commandRecordSchema.extend({
  /** When DynamoDB may delete it, in seconds since 1970. */
  expiresAt: z.number(),
});
/** AWS's limit for a partition key: what is longer is no command's id, and cannot be asked for. */
const MAX_ID_BYTES = 2_048;

const keySchema = z.looseObject({ commandId: z.string() });

/** A command's record as it is kept; `unreadable` where this program cannot read it. */
export type KeptRecord = z.infer<typeof keptSchema> | 'unreadable';

/**
 * The records of these commands, consistently read; commands without one are left out. Throws what
 * `retryDynamo` throws.
 */
export async function getCommandRecords(
  dynamo: Dynamo,
  commandIds: readonly string[],
): Promise<Map<string, KeptRecord>> {
  const keys = [...new Set(commandIds)]
    .filter((id) => id !== '' && Buffer.byteLength(id) <= MAX_ID_BYTES)
    .map((commandId) => ({ commandId }));
  const items = await batchGet(dynamo, dynamo.tables.commands, keys);
  return new Map(
    items.map((item) => {
      const record = keptSchema.safeParse(item);
      return [keySchema.parse(item).commandId, record.success ? record.data : 'unreadable'];
    }),
  );
}
