import { PlayheadError } from '#lib/playhead-error.ts';
import type { JournalEvent } from '#server/journal/journal-event.ts';
import { readJournal } from '#server/journal/read-journal.ts';
import type { Db, Tx } from '#server/platform/postgres.ts';
import { LIVE_SCHEMA } from '#server/platform/schemas.ts';
import { type Checkpoint, moveCheckpoint } from './checkpoint.ts';
import { bury, type Casualty } from './dead-letters/bury.ts';
import { loadExceptions } from './dead-letters/load-exceptions.ts';
import { toProjectable } from './dead-letters/to-projectable.ts';
import type { ProjectedEvent, Projection } from './projection.ts';
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
  /** Events in it, at most. */
  readonly limit: number;
  /** Events that have failed for good: those in the batch are not tried, and become dead letters. */
  readonly casualties?: readonly Casualty[];
};

/**
 * Applies the next events to a projection: its rows, its checkpoint and its new dead letters move in
 * one transaction. Events of an aggregate that waits at a dead letter are passed by: they wait in the
 * journal. Answers with the new position, the old one when there was nothing to do, or `moved` when
 * the checkpoint is elsewhere by now or the projection is paused: nothing was changed then. `onApplied` hears of what was applied.
 * Throws BatchError when the transaction failed, SEQUENCE_GAP when the journal has a hole, and
 * PostgreSQL's errors.
 */
export async function applyBatch(
  db: Db,
  projection: Projection,
  checkpoint: Checkpoint,
  { limit, casualties = [] }: Batch,
  onApplied?: ProjectorObserver['applied'],
): Promise<number | 'moved'> {
  const stored = await readJournal(db, { after: checkpoint.position, limit });
  const position = requireRun(stored, checkpoint.position);
  if (position === checkpoint.position) {
    return position;
  }
  let applied: readonly ProjectedEvent[];
  try {
    applied = await db.transaction((tx) => apply(tx, projection, checkpoint, stored, casualties));
  } catch (error) {
    if (error instanceof CheckpointMovedError) {
      return 'moved';
    }
    throw error instanceof BatchError ? error : new BatchError(stored, [error]);
  }
  onApplied?.(applied);
  return position;
}

async function apply(
  tx: Tx,
  projection: Projection,
  checkpoint: Checkpoint,
  stored: readonly JournalEvent[],
  casualties: readonly Casualty[],
): Promise<readonly ProjectedEvent[]> {
  const { name } = projection;
  const position = checkpoint.position + stored.length;
  const aggregateIds = [...new Set(stored.map(({ aggregateId }) => aggregateId))];
  // The checkpoint first: whoever else wants to move it, or to retry dead letters, waits here. What
  // is dead is read behind that, never beside it: it must be what they left.
  if (!(await moveCheckpoint(tx, name, checkpoint, position))) {
    throw new CheckpointMovedError();
  }
  const exceptions = await loadExceptions(tx, name, aggregateIds);
  const blocked = new Map(exceptions.blocked);
  for (const casualty of casualties) {
    const { aggregateId, eventSequence, position: place } = casualty.event;
    if (!blocked.has(aggregateId) && place > checkpoint.position && place <= position) {
      await bury(tx, name, casualty);
      blocked.set(aggregateId, eventSequence);
    }
  }
  const { events, unreadable } = toProjectable(stored, { ...exceptions, blocked });
  if (unreadable.length > 0) {
    throw new BatchError(
      unreadable.map(({ event }) => event),
      unreadable.map(({ error }) => error),
    );
  }
  if (events.length > 0) {
    await projection.handle(tx, events, LIVE_SCHEMA);
  }
  return events;
}

/** The last position of a run of events that follows on `after` without a hole. */
function requireRun(events: readonly JournalEvent[], after: number): number {
  const last = events.at(-1)?.position ?? after;
  if (last !== after + events.length) {
    throw new PlayheadError(
      'SEQUENCE_GAP',
      `The journal has ${events.length} events at the positions ${after + 1} to ${last}: ` +
        'some are missing.',
    );
  }
  return last;
}
