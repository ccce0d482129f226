import { and, asc, eq, sql } from 'drizzle-orm';
import { PlayheadError } from '#lib/playhead-error.ts';
import { deadLetters } from '#server/runtime/journal/dead-letters-table.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { notifyMoved } from '#server/runtime/views/checkpoint.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import { projections } from '#server/runtime/views/projections-table.ts';
import {
  type Operator,
  recordOperatorAction,
} from '#server/runtime/views/record-operator-action.ts';
import { applyWaiting } from './apply-waiting.ts';
import { toCondition } from './dead-letter-condition.ts';
import type { DeadLetterFilter } from './dead-letter-filter.ts';
import { recordDeadLetter, toFailedEvent } from './record-dead-letter.ts';
import type { DeadLetterKey, RetryOutcome } from './retry-outcome.ts';

export type SkipReason = Operator & { readonly reason: string };

/** The dead letters of a PostgreSQL projection that a filter means, the longest dead first. */
export async function findDead(
  db: Db,
  projection: string,
  filter: DeadLetterFilter,
): Promise<DeadLetterKey[]> {
  return db
    .select({
      projection: deadLetters.projection,
      aggregateId: deadLetters.aggregateId,
      eventSequence: deadLetters.eventSequence,
    })
    .from(deadLetters)
    .where(toCondition({ ...filter, projection }, { skipped: false }))
    .orderBy(asc(deadLetters.firstFailedAt), asc(deadLetters.position));
}

/**
 * Tries a dead event again and, as far as they go, those of its aggregate that wait behind it, in
 * one transaction: cut off, it leaves everything as it was. The projector waits meanwhile, so that
 * no event is passed by between the last one applied here and the next one that it applies.
 * Throws PROJECTION_OUTDATED and transient errors.
 */
export async function retryProjected(
  db: Db,
  projection: PostgresView,
  key: DeadLetterKey,
  operator: Operator,
): Promise<RetryOutcome> {
  return db.transaction(async (tx) => {
    const position = await lockProjection(tx, projection);
    const [row] = await tx.delete(deadLetters).where(isDead(key)).returning();
    if (row === undefined) {
      return { kind: 'gone' };
    }
    const outcome = await bringUp(tx, projection, key, position, row);
    const effect = { ...key, outcome: outcome.kind, ...outcome };
    await recordOperatorAction(tx, operator, 'retry-dead-letter', projection.name, effect);
    return outcome;
  });
}

/**
 * Leaves a dead event out of a projection for ever, and applies what waits behind it as far as it
 * goes, in one transaction. Throws as `retryProjected` does.
 */
export async function skipProjected(
  db: Db,
  projection: PostgresView,
  key: DeadLetterKey,
  operator: SkipReason,
): Promise<RetryOutcome> {
  return db.transaction(async (tx) => {
    const position = await lockProjection(tx, projection);
    const skipped = await tx
      .update(deadLetters)
      .set({
        status: 'skipped',
        skippedAt: sql`now()`,
        skippedBy: operator.actor,
        skipReason: operator.reason,
      })
      .where(isDead(key))
      .returning({ error: deadLetters.error });
    if (skipped.length === 0) {
      return { kind: 'gone' };
    }
    const behind = { ...key, eventSequence: key.eventSequence + 1 };
    const outcome = await bringUp(tx, projection, behind, position, undefined);
    const effect = { ...key, error: skipped[0]?.error, outcome: outcome.kind, ...outcome };
    await recordOperatorAction(tx, operator, 'skip-dead-letter', projection.name, effect);
    return outcome;
  });
}

/**
 * Holds a projection's checkpoint: nobody moves it before the transaction ends. Answers its position.
 * Throws PROJECTION_OUTDATED.
 */
export async function lockProjection(tx: Tx, { name, version }: PostgresView): Promise<number> {
  const [row] = await tx
    .select({ version: projections.version, position: projections.position })
    .from(projections)
    .where(eq(projections.name, name))
    .for('update');
  if (row !== undefined && row.version !== version) {
    throw new PlayheadError(
      'PROJECTION_OUTDATED',
      `The tables of ${name} hold version ${row.version}, this program has version ${version}: ` +
        'rebuild the projection, which settles its dead letters.',
    );
  }
  return row?.position ?? 0;
}

/**
 * Applies an aggregate's events from the key's sequence up to `position`, as far as they go; at the
 * first one that fails for good the aggregate waits. `before` is the dead letter at which it waited.
 * The transaction must hold the checkpoint. Throws transient errors.
 */
export async function bringUp(
  tx: Tx,
  projection: PostgresView,
  { aggregateId, eventSequence }: DeadLetterKey,
  position: number,
  before: typeof deadLetters.$inferSelect | undefined,
): Promise<RetryOutcome> {
  const range = { from: eventSequence, upTo: position };
  const { applied, stoppedAt } = await applyWaiting(tx, projection, aggregateId, range);
  await notifyMoved(tx, projection.name, position);
  if (stoppedAt === undefined) {
    return { kind: 'applied', applied };
  }
  const { event, error } = stoppedAt;
  const isSame = event.eventSequence === before?.eventSequence;
  const failedEvent = toFailedEvent(event, error, {
    attempts: isSame ? before.attempts + 1 : 1,
    firstFailedAt: isSame ? before.firstFailedAt : new Date(),
  });
  if (failedEvent === undefined) {
    throw error;
  }
  await recordDeadLetter(tx, projection.name, failedEvent);
  return { kind: 'dead', applied, at: event.eventSequence, error: failedEvent.failure.error };
}

function isDead({ projection, aggregateId, eventSequence }: DeadLetterKey) {
  return and(
    eq(deadLetters.projection, projection),
    eq(deadLetters.aggregateId, aggregateId),
    eq(deadLetters.eventSequence, eventSequence),
    eq(deadLetters.status, 'dead'),
  );
}
