import type { JournalEvent } from '#server/runtime/journal/journal-event.ts';
import { readAggregateJournal } from '#server/runtime/journal/read-journal.ts';
import { categorize } from '#server/runtime/platform/failure.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import { LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { toJournalEntry } from '#server/runtime/views/journal-entry.ts';
import {
  applyEvents,
  codecOf,
  type PostgresView,
  type ProjectedEvent,
} from '#server/runtime/views/postgres-view.ts';
import { loadExceptions } from './load-exceptions.ts';
import { toProjectable } from './to-projectable.ts';

/** How far an aggregate's waiting events could be applied. */
export type Progress = {
  readonly applied: number;
  /** The first one that failed; the rest was not tried. Undefined when none is left. */
  readonly stoppedAt: { readonly event: JournalEvent; readonly error: unknown } | undefined;
};

/** So many events are in memory at a time, however many wait. */
const PORTION = 1_000;

/**
 * Applies one aggregate's events from sequence `from` up to the checkpoint to a projection, in their
 * order and as far as they go: what comes before a failure stays applied. The transaction must hold
 * the projection's row. Throws transient errors (`toFailure`): the transaction is to be rolled back then.
 */
export async function applyWaiting(
  tx: Tx,
  projection: PostgresView,
  aggregateId: string,
  { from, upTo }: { readonly from: number; readonly upTo: number },
): Promise<Progress> {
  const { skipped } = await loadExceptions(tx, projection.name, [aggregateId]);
  const codec = codecOf(projection);
  let applied = 0;
  for (let next = from; ; ) {
    const portion = await readAggregateJournal(tx, aggregateId, {
      from: next,
      upTo,
      limit: PORTION,
    });
    const last = portion.at(-1);
    if (last === undefined) {
      return { applied, stoppedAt: undefined };
    }
    const { events, unreadable } = toProjectable(
      portion.map((event) => toJournalEntry(codec, event)),
      {
        blocked: new Map(),
        skipped,
      },
    );
    const result = await applyHalves(tx, projection, events);
    applied += result.applied;
    const failed = result.failed;
    if (failed !== undefined) {
      const event = portion.find(({ eventSequence }) => eventSequence === failed.sequence) ?? last;
      return { applied, stoppedAt: { event, error: failed.error } };
    }
    if (unreadable[0] !== undefined) {
      return { applied, stoppedAt: unreadable[0] };
    }
    next = last.eventSequence + 1;
  }
}

type Result = {
  readonly applied: number;
  readonly failed?: { readonly sequence: number; readonly error: unknown };
};

/** Halves what fails, each half under a savepoint, until the one that is to blame is found. */
async function applyHalves(
  tx: Tx,
  projection: PostgresView,
  events: readonly ProjectedEvent[],
): Promise<Result> {
  const [first] = events;
  if (first === undefined) {
    return { applied: 0 };
  }
  try {
    await tx.transaction((savepoint) => applyEvents(savepoint, projection, events, LIVE_SCHEMA));
    return { applied: events.length };
  } catch (error) {
    if (categorize(error) === 'transient') {
      throw error;
    }
    if (events.length === 1) {
      return { applied: 0, failed: { sequence: first.eventSequence, error } };
    }
  }
  const half = Math.ceil(events.length / 2);
  const before = await applyHalves(tx, projection, events.slice(0, half));
  if (before.failed !== undefined) {
    return before;
  }
  const behind = await applyHalves(tx, projection, events.slice(half));
  return { ...behind, applied: before.applied + behind.applied };
}
