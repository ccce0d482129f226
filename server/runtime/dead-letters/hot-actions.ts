import { randomUUID } from 'node:crypto';
import { PutCommand, QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { listOf } from '#server/runtime/platform/list-of.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';
import type { Operator } from '#server/runtime/views/record-operator-action.ts';

const hotActionSchema = z.object({
  subject: z.string(),
  /** The time and something random: actions sort by it. */
  id: z.string(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  reason: z.string().nullable(),
  /** Earlier programs kept none. */
  origin: z.string().nullable().default(null),
  effect: z.record(z.string(), z.unknown()),
});

/** Behind every id: they begin with a year. */
const LAST_ID = ':';

/** What an operator did to a hot view: as in `operator_actions`, in the database of the views. */
export type HotAction = z.infer<typeof hotActionSchema>;

/** Records an operator's action on a hot view. */
export async function recordHotAction(
  { documents, tables }: Dynamo,
  { actor, reason, origin }: Operator,
  action: string,
  subject: string,
  effect: Record<string, unknown>,
): Promise<void> {
  const at = new Date().toISOString();
  const recorded: HotAction = {
    subject,
    id: `${at} ${randomUUID()}`,
    at,
    actor,
    action,
    reason: reason ?? null,
    origin: origin ?? null,
    effect,
  };
  await retryDynamo(() =>
    documents.send(new PutCommand({ TableName: tables.operatorActions, Item: recorded })),
  );
}

/**
 * The newest `limit` actions on a hot view, newest first; with `before`, of those whose ids are less. With `after`, the
 * oldest of those whose ids are greater, oldest first.
 */
export async function listHotActions(
  { documents, tables }: Dynamo,
  subject: string,
  limit: number,
  { before = LAST_ID, after }: { readonly before?: string; readonly after?: string } = {},
): Promise<HotAction[]> {
  const answer: QueryCommandOutput = await retryDynamo(() =>
    documents.send(
      new QueryCommand({
        TableName: tables.operatorActions,
        KeyConditionExpression: `subject = :subject AND id ${after === undefined ? '<' : '>'} :place`,
        ExpressionAttributeValues: { ':subject': subject, ':place': after ?? before },
        ScanIndexForward: after !== undefined,
        Limit: limit,
      }),
    ),
  );
  return listOf(hotActionSchema).parse(answer.Items);
}
