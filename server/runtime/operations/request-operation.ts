import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { reasonTextSchema } from '#lib/contracts/command-texts.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { parseInput } from '#server/runtime/commands/parse-input.ts';
import { CONTROL_CHANNEL, toPgNotify } from '#server/runtime/platform/notifications.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import type { Operator } from '#server/runtime/views/record-operator-action.ts';
import { ALL_OPERATIONS } from './all-operations.ts';
import type { Requestable, RequestScope } from './operation.ts';
import { operations } from './operations-table.ts';
import { restartWorker } from './restart-worker.ts';

const REQUESTABLE: ReadonlyMap<string, Requestable> = new Map<string, Requestable>([
  ...ALL_OPERATIONS,
  [restartWorker.kind, restartWorker],
]);

const requestSchema = z.strictObject({
  id: z.uuid('An operation’s id is a UUID.').toLowerCase(),
  kind: z.string(),
  input: z.unknown().refine(isKeepable, 'A text in it has a character that cannot be kept.'),
  reason: reasonTextSchema.max(1_000).optional(),
});

/**
 * Asks for an operation, which a worker or the launcher will carry out; the same id again is the same request. What is
 * wrong with it is said at once. Answers with its id. Throws INVALID_INPUT and PostgreSQL's errors.
 */
export async function requestOperation(
  { db, scope }: { readonly db: Db; readonly scope: RequestScope },
  request: unknown,
  { actor, origin }: Operator,
): Promise<string> {
  const { id, kind, input: given, reason = '' } = parseInput(requestSchema, request);
  const operation = REQUESTABLE.get(kind);
  if (operation === undefined) {
    throw new PlayheadError('INVALID_INPUT', `There is no operation “${kind.slice(0, 40)}”.`);
  }
  const input = parseInput(operation.input, given);
  if (operation.isReading !== true && reason === '') {
    throw new PlayheadError('INVALID_INPUT', 'Say why: the record of operators keeps it.', {
      field: 'reason',
    });
  }
  const subject = operation.toSubject(input, scope);
  const [channel, payload] = toPgNotify({
    channel: CONTROL_CHANNEL,
    payload: JSON.stringify({ operation: id }),
  });
  await db.transaction(async (tx) => {
    await tx
      .insert(operations)
      .values({
        id,
        kind,
        subject,
        input,
        reason: reason || null,
        requestedBy: actor,
        requestedFrom: origin,
      })
      .onConflictDoNothing();
    await tx.execute(sql`SELECT pg_notify(${channel}, ${payload})`);
  });
  return id;
}

/** PostgreSQL's JSON holds no text with NUL, and none with half of a surrogate pair. */
function isKeepable(input: unknown): boolean {
  let keepable = true;
  JSON.stringify(input, (name, value: unknown) => {
    for (const text of [name, value]) {
      keepable &&= typeof text !== 'string' || (text.isWellFormed() && !text.includes('\0'));
    }
    return value;
  });
  return keepable;
}
