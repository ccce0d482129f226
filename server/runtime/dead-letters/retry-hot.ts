import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { PlayheadError } from '#lib/playhead-error.ts';
import { catchUpHotItem } from '#server/runtime/hot-views/catch-up-hot-item.ts';
import type { HotView } from '#server/runtime/hot-views/hot-view.ts';
import type { HistoryStore } from '#server/runtime/hot-views/read-history.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { categorize } from '#server/runtime/platform/failure.ts';
import { isConditionMet } from '#server/runtime/platform/is-condition-met.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';
import type { Operator } from '#server/runtime/views/record-operator-action.ts';
import { recordHotAction } from './hot-actions.ts';
import { getHotDeadLetters } from './hot-dead-letters.ts';
import { toLetterKey } from './letter-key.ts';
import { recordHotDeadLetters } from './record-hot-dead-letters.ts';
import type { DeadLetterKey, RetryOutcome } from './retry-outcome.ts';
import type { SkipReason } from './retry-projected.ts';

export type HotDeps = { readonly dynamo: Dynamo; readonly store: HistoryStore };

/**
 * Brings an aggregate up in a hot view from where it waits, out of the event store. While that lasts
 * the dead letter is `retrying`: the consumer no longer passes the aggregate's events by, so that none
 * is missed between the last one read here and the next one delivered. Cut off, it leaves the dead
 * letter as it is then, and can be repeated. Throws transient errors.
 */
export async function retryHot(
  deps: HotDeps,
  view: HotView,
  key: DeadLetterKey,
  operator: Operator,
): Promise<RetryOutcome> {
  const isFound = await change(deps.dynamo, key, {
    UpdateExpression: 'SET #dead.#status = :retrying',
    ExpressionAttributeValues: { ':retrying': 'retrying' },
  });
  return isFound ? catchUp(deps, view, key, operator, 'retry-dead-letter') : { kind: 'gone' };
}

/**
 * Leaves an event out of a hot view for ever, and brings the aggregate up from behind it. DynamoDB has
 * no clock to ask: when it was skipped is told by this machine's. Throws EVENT_CONFLICT for what the
 * view holds already, and as `retryHot` does.
 */
export async function skipHot(
  deps: HotDeps,
  view: HotView,
  key: DeadLetterKey,
  operator: SkipReason,
): Promise<RetryOutcome> {
  const { projection, aggregateId } = key;
  const letter = (await getHotDeadLetters(deps.dynamo, projection, [aggregateId])).get(aggregateId);
  if (letter?.dead === undefined) {
    return { kind: 'gone' };
  }
  if (letter.dead.category === 'conflict') {
    const sentence = `A conflict cannot be skipped, only resolved. ${letter.dead.error}`;
    throw new PlayheadError('EVENT_CONFLICT', sentence);
  }
  const { status: _status, rawItem: _rawItem, ...dead } = letter.dead;
  const { actor, reason } = operator;
  const skipped = { ...dead, at: new Date().toISOString(), actor, reason };
  const isFound = await change(deps.dynamo, key, {
    UpdateExpression:
      'SET #dead.#status = :retrying, #skipped = list_append(if_not_exists(#skipped, :none), :one)',
    ExpressionAttributeNames: { '#skipped': 'skipped' },
    ExpressionAttributeValues: { ':retrying': 'retrying', ':none': [], ':one': [skipped] },
  });
  return isFound ? catchUp(deps, view, key, operator, 'skip-dead-letter') : { kind: 'gone' };
}

async function catchUp(
  { dynamo, store }: HotDeps,
  view: HotView,
  key: DeadLetterKey,
  operator: Operator,
  action: string,
): Promise<RetryOutcome> {
  const { projection } = key;
  await recordHotAction(dynamo, operator, action, projection, { ...key, outcome: 'started' });
  const { applied, failure } = await catchUpHotItem(dynamo, store, view, key);
  if (failure !== undefined) {
    if (categorize(failure.error) === 'transient') {
      throw failure.error;
    }
    const firstFailedAt = new Date().toISOString();
    await recordHotDeadLetters(dynamo, projection, [failure], { attempts: 1, firstFailedAt });
  }
  const outcome = await settle(dynamo, key, applied);
  const effect = { ...key, outcome: outcome.kind, ...outcome };
  await recordHotAction(dynamo, operator, action, projection, effect);
  return outcome;
}

/** Takes the dead letter away, unless the aggregate waits again: here, or by the consumer's finding. */
async function settle(dynamo: Dynamo, key: DeadLetterKey, applied: number): Promise<RetryOutcome> {
  const isSettled = await change(dynamo, key, {
    UpdateExpression: 'REMOVE #dead',
    ConditionExpression: '#dead.#status = :retrying',
    ExpressionAttributeValues: { ':retrying': 'retrying' },
  });
  const { projection, aggregateId } = key;
  const letter = (await getHotDeadLetters(dynamo, projection, [aggregateId])).get(aggregateId);
  return isSettled || letter?.dead === undefined
    ? { kind: 'applied', applied }
    : { kind: 'dead', applied, at: letter.dead.eventSequence, error: letter.dead.error };
}

type Change = Pick<UpdateCommandInput, 'UpdateExpression' | 'ConditionExpression'> & {
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, unknown>;
};

/** Changes a dead letter, if it is at this event. */
async function change(
  { documents, tables }: Dynamo,
  { projection, aggregateId, eventSequence }: DeadLetterKey,
  { ConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues, ...update }: Change,
): Promise<boolean> {
  const isAtEvent = '#dead.#sequence = :sequence';
  const command = new UpdateCommand({
    TableName: tables.deadLetters,
    Key: toLetterKey(projection, aggregateId),
    ...update,
    ConditionExpression:
      ConditionExpression === undefined ? isAtEvent : `${isAtEvent} AND ${ConditionExpression}`,
    ExpressionAttributeNames: {
      '#dead': 'dead',
      '#status': 'status',
      '#sequence': 'eventSequence',
      ...ExpressionAttributeNames,
    },
    ExpressionAttributeValues: { ':sequence': eventSequence, ...ExpressionAttributeValues },
  });
  return retryDynamo(() => isConditionMet(documents.send(command)));
}
