import { isOfType } from '#lib/aggregate-id.ts';
import { type Exceptions, loadExceptions } from '#server/runtime/dead-letters/load-exceptions.ts';
import {
  type FailedEvent,
  recordDeadLetter,
} from '#server/runtime/dead-letters/record-dead-letter.ts';
import { toProjectable } from '#server/runtime/dead-letters/to-projectable.ts';
import type { JournalEvent } from '#server/runtime/journal/journal-event.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { type Checkpoint, moveCheckpoint } from './checkpoint.ts';
import type { JournalEntry } from './journal-entry.ts';
import { applyEvents, type PostgresView, type ProjectedEvent } from './postgres-view.ts';
import type { ProjectorObserver } from './projector-observer.ts';

/** Thrown out of a transaction to roll it back; never leaves this file. */
class CheckpointMovedError extends Error {}

/** A batch was rolled back: one of these events, or what handles them, may be to blame. */
export class BatchError extends Error {
  /** The events to look for the cause in, in order; never empty. */
  readonly suspects: readonly JournalEvent[];
  /** Each suspect failed by itself, with the error at its index; else `cause` stands for all. */
  readonly errors: readonly unknown[];

  constructor(suspects: readonly JournalEvent[], errors: readonly unknown[]) {
    super('The batch was rolled back.', { cause: errors[0] });
    this.suspects = suspects;
    this.errors = errors;
  }
}

export type Batch = {
  /** The events behind the checkpoint, in their order. */
  readonly entries: readonly JournalEntry[];
  /** Events that have failed for good: those in the batch are not tried, and become dead letters. */
  readonly failedEvents?: readonly FailedEvent[];
};

/**
 * Applies the next events to a projection: its rows, its checkpoint and its new dead letters move in
 * one transaction. Events of an aggregate that waits at a dead letter are passed by: they wait in the
 * journal. Answers with the new position, the old one when there was nothing to do, or `moved` when
 * the checkpoint is elsewhere by now or the projection is paused: nothing was changed then.
 * `onApplied` hears of what was applied. Throws BatchError when the transaction failed.
 */
export async function applyBatch(
  db: Db,
  projection: PostgresView,
  checkpoint: Checkpoint,
  { entries, failedEvents = [] }: Batch,
  onApplied?: ProjectorObserver['applied'],
): Promise<number | 'moved'> {
  if (entries.length === 0) {
    return checkpoint.position;
  }
  const begunAt = Date.now();
  let applied: readonly ProjectedEvent[];
  try {
    applied = await db.transaction((tx) =>
      apply(tx, projection, checkpoint, entries, failedEvents),
    );
  } catch (error) {
    if (error instanceof CheckpointMovedError) {
      return 'moved';
    }
    if (error instanceof BatchError) {
      throw error;
    }
    throw new BatchError(
      entries.map(({ stored }) => stored),
      [error],
    );
  }
  onApplied?.(applied, begunAt);
  return checkpoint.position + entries.length;
}

async function apply(
  tx: Tx,
  projection: PostgresView,
  checkpoint: Checkpoint,
  entries: readonly JournalEntry[],
  failedEvents: readonly FailedEvent[],
): Promise<readonly ProjectedEvent[]> {
  const { name, aggregate } = projection;
  const position = checkpoint.position + entries.length;
  const own = entries.filter(({ stored }) => isOfType(aggregate.type, stored.aggregateId));
  const aggregateIds = [...new Set(own.map(({ stored }) => stored.aggregateId))];
  // The checkpoint first: whoever else wants to move it, or to retry dead letters, waits here. What
  // is dead is read behind that: it must be what they left. Both are sent at once, and PostgreSQL
  // begins the second when the first is done.
  const [isMoved, exceptions] = await Promise.all([
    moveCheckpoint(tx, name, checkpoint, position),
    aggregateIds.length === 0 ? NO_EXCEPTIONS : loadExceptions(tx, name, aggregateIds),
  ]);
  if (!isMoved) {
    throw new CheckpointMovedError();
  }
  const blocked = new Map(exceptions.blocked);
  for (const failedEvent of failedEvents) {
    const { aggregateId, eventSequence, position: place } = failedEvent.event;
    if (!blocked.has(aggregateId) && place > checkpoint.position && place <= position) {
      await recordDeadLetter(tx, name, failedEvent);
      blocked.set(aggregateId, eventSequence);
    }
  }
  const { events, unreadable } = toProjectable(own, { ...exceptions, blocked });
  if (unreadable.length > 0) {
    throw new BatchError(
      unreadable.map(({ event }) => event),
      unreadable.map(({ error }) => error),
    );
  }
  if (events.length > 0) {
    await applyEvents(tx, projection, events, LIVE_SCHEMA);
  }
  return events;
}

const NO_EXCEPTIONS: Exceptions = { blocked: new Map(), skipped: new Map() };
