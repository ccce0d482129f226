import { QueryCommand, type QueryCommandOutput, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { toRawJson } from '#server/runtime/event-store/raw-json.ts';
import { nextKept } from '#server/runtime/hot-views/next-kept.ts';
import { batchGet } from '#server/runtime/platform/batch-get.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { FAILURE_CATEGORIES } from '#server/runtime/platform/failure.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';
import { toLetterKey } from './letter-key.ts';

/** What `retrying` was called once: items of that time are read as well. */
const FORMER_STATUS = 'draining';

const deadSchema = z.object({
  eventSequence: z.number(),
  /** Null, like its type, where the event cannot be read at all or is missing. */
  eventId: z.string().nullable(),
  eventType: z.string().nullable(),
  /** One of a newer program's says no more than that the event failed. */
  category: z.enum(FAILURE_CATEGORIES).catch('handler'),
  error: z.string(),
  errorGroup: z.string(),
  stack: z.string().nullable(),
  rawItem: z.string().nullable(),
  attempts: z.number(),
  firstFailedAt: z.string(),
  lastFailedAt: z.string(),
  /** `retrying`: somebody is bringing the aggregate up again. */
  status: z
    .enum(['dead', 'retrying', FORMER_STATUS])
    .catch('dead')
    .transform((status) => (status === FORMER_STATUS ? 'retrying' : status)),
});

const skippedSchema = deadSchema.omit({ status: true, rawItem: true }).extend({
  at: z.string(),
  actor: z.string(),
  reason: z.string(),
});

const letterSchema = z
  .object({
    projection: z.string(),
    aggregateId: z.string(),
    /** Where the key is not the aggregate's id itself (`toLetterKey`). */
    wholeId: z.string().optional(),
    dead: deadSchema.optional(),
    skipped: z.array(skippedSchema).default([]),
  })
  .transform(({ wholeId, aggregateId, ...letter }) => ({
    ...letter,
    aggregateId: wholeId ?? aggregateId,
  }));

/** The event at which an aggregate waits in a hot view. Times in ISO 8601. */
export type HotDead = z.infer<typeof deadSchema>;

/** What is not as usual with an aggregate in a hot view. Lives in DynamoDB's table `dead-letters`. */
export type HotDeadLetter = z.infer<typeof letterSchema>;

const keySchema = z.object({ projection: z.string(), aggregateId: z.string() });

/** One that this program cannot read stands as a dead letter that says so, and keeps the others readable. */
export function toHotDeadLetter(item: unknown): HotDeadLetter {
  const parsed = letterSchema.safeParse(item);
  if (parsed.success) {
    return parsed.data;
  }
  const { path, message } = parsed.error.issues[0] ?? { path: [], message: '' };
  const error = `The dead letter cannot be read by this program: ${path.join('.')}: ${message}`;
  const dead: HotDead = {
    eventSequence: 1,
    eventId: null,
    eventType: null,
    category: 'unreadable',
    error,
    errorGroup: 'The dead letter cannot be read by this program.',
    stack: null,
    rawItem: toRawJson(item),
    attempts: 0,
    firstFailedAt: new Date(0).toISOString(),
    lastFailedAt: new Date(0).toISOString(),
    status: 'dead',
  };
  return { ...keySchema.parse(item), dead, skipped: [] };
}

/** What is dead or skipped of these aggregates, consistently read; most have nothing. */
export async function getHotDeadLetters(
  dynamo: Dynamo,
  view: string,
  aggregateIds: readonly string[],
): Promise<Map<string, HotDeadLetter>> {
  const keys = aggregateIds.map((aggregateId) => toLetterKey(view, aggregateId));
  const letters = (await batchGet(dynamo, dynamo.tables.deadLetters, keys)).map(toHotDeadLetter);
  return new Map(letters.map((letter) => [letter.aggregateId, letter]));
}

/** Everything that is dead or skipped in a hot view, by aggregate. */
export async function listHotDeadLetters(
  { documents, tables }: Dynamo,
  view: string,
): Promise<HotDeadLetter[]> {
  const letters: HotDeadLetter[] = [];
  let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey'];
  do {
    const answer: QueryCommandOutput = await retryDynamo(() =>
      documents.send(
        new QueryCommand({
          TableName: tables.deadLetters,
          KeyConditionExpression: '#projection = :view',
          ExpressionAttributeNames: { '#projection': 'projection' },
          ExpressionAttributeValues: { ':view': view },
          ConsistentRead: true,
          ExclusiveStartKey,
        }),
      ),
    );
    letters.push(...(answer.Items ?? []).map(toHotDeadLetter));
    ExclusiveStartKey = answer.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return letters;
}

/** How many aggregates wait at a dead letter in a hot view: DynamoDB counts, and sends no letter. */
export async function countHotDeadLetters(
  { documents, tables }: Dynamo,
  view: string,
): Promise<number> {
  let count = 0;
  let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey'];
  do {
    const answer: QueryCommandOutput = await retryDynamo(() =>
      documents.send(
        new QueryCommand({
          TableName: tables.deadLetters,
          Select: 'COUNT',
          KeyConditionExpression: '#projection = :view',
          FilterExpression: 'attribute_exists(#dead)',
          ExpressionAttributeNames: { '#projection': 'projection', '#dead': 'dead' },
          ExpressionAttributeValues: { ':view': view },
          ExclusiveStartKey,
        }),
      ),
    );
    count += answer.Count ?? 0;
    ExclusiveStartKey = answer.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return count;
}

/** Lets an aggregate wait at an event in a hot view, in place of whatever it waited at before. */
export async function putHotDead(
  { documents, tables }: Dynamo,
  view: string,
  aggregateId: string,
  dead: HotDead,
): Promise<void> {
  await retryDynamo(() =>
    documents.send(
      new UpdateCommand({
        TableName: tables.deadLetters,
        Key: toLetterKey(view, aggregateId),
        UpdateExpression: 'SET #dead = :dead, wholeId = :id',
        ExpressionAttributeNames: { '#dead': 'dead' },
        ExpressionAttributeValues: { ':dead': dead, ':id': aggregateId },
      }),
    ),
  );
}

/** The sequences of an aggregate that were skipped in the view of this letter. */
export function skippedOf(letter: HotDeadLetter | undefined): ReadonlySet<number> {
  return new Set(letter?.skipped.map(({ eventSequence }) => eventSequence));
}

/** Whether an aggregate whose item holds the events up to `held` waits at the dead letter. */
export function isWaiting(letter: HotDeadLetter | undefined, held: number): boolean {
  const dead = letter?.dead;
  return dead?.status === 'dead' && dead.eventSequence === nextKept(held, skippedOf(letter));
}
