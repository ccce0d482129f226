import { PlayheadError } from '#lib/playhead-error.ts';
import { toRecordedEvent } from '#server/event-store/codec.ts';
import type { JournalEvent } from '#server/journal/journal-event.ts';
import { readJournal } from '#server/journal/read-journal.ts';
import type { Db } from '#server/platform/postgres.ts';
import { type Checkpoint, moveCheckpoint } from './checkpoint.ts';
import type { Projection } from './projection.ts';
import type { ProjectorObserver } from './projector-observer.ts';

/** Thrown out of a transaction to roll it back; never leaves this file. */
class CheckpointMovedError extends Error {}

/**
 * Applies the next `limit` events at most to a projection: its rows and its checkpoint move in one
 * transaction. Answers with the new position, the old one when there was nothing to do, or `moved`
 * when another worker has moved the checkpoint: nothing was changed then.
 * Throws what stopped it: EVENT_UNREADABLE, SEQUENCE_GAP, PostgreSQL's errors.
 */
export async function applyBatch(
  db: Db,
  projection: Projection,
  checkpoint: Checkpoint,
  limit: number,
  onApplied?: ProjectorObserver['applied'],
): Promise<number | 'moved'> {
  const stored = await readJournal(db, { after: checkpoint.position, limit });
  const position = requireRun(stored, checkpoint.position);
  if (position === checkpoint.position) {
    return position;
  }
  const events = stored.map((event) => ({ ...toRecordedEvent(event), position: event.position }));
  try {
    await db.transaction(async (tx) => {
      // The checkpoint first: a second worker waits here, instead of doing the same work beside.
      if (!(await moveCheckpoint(tx, projection.name, checkpoint, position))) {
        throw new CheckpointMovedError();
      }
      await projection.handle(tx, events);
    });
  } catch (error) {
    if (error instanceof CheckpointMovedError) {
      return 'moved';
    }
    throw error;
  }
  onApplied?.(events);
  return position;
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
