import { and, eq, inArray, sql } from 'drizzle-orm';
import { isOfType } from '#lib/aggregate-id.ts';
import { loadExceptions } from '#server/runtime/dead-letters/load-exceptions.ts';
import {
  type FailedEvent,
  recordDeadLetter,
} from '#server/runtime/dead-letters/record-dead-letter.ts';
import { toCandidateName } from '#server/runtime/dead-letters/swap-dead-letters.ts';
import { toProjectable } from '#server/runtime/dead-letters/to-projectable.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { CANDIDATE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { ACTIVE } from '#server/runtime/rebuild/candidate-checkpoint.ts';
import { rebuilds } from '#server/runtime/rebuild/rebuilds-table.ts';
import type { JournalEntry } from '#server/runtime/views/journal-entry.ts';
import { applyEvents, type PostgresView } from '#server/runtime/views/postgres-view.ts';
import { projections } from '#server/runtime/views/projections-table.ts';
import { busProgress, busReplays } from './bus-replays-table.ts';
import type { ReplayQueue } from './decide-replay.ts';
import { type MessagePlan, planMessages } from './plan-messages.ts';

/** What some messages are applied to, by whom, and which queue they came from. */
export type HandledReplay = {
  readonly db: Db;
  readonly projection: PostgresView;
  readonly rebuild: number;
  readonly workerId: string;
  readonly route: ReplayQueue;
};

/**
 * Applies messages' events to the generation that the bus fills: rows, progress, counts and a dead letter move in one
 * transaction. What was taken before changes nothing, what is behind a gap is answered to come again, and what is
 * behind a dead letter is passed by, as it waits in the journal. With `failedEvent` that event becomes the dead letter
 * of its aggregate. Answers `over` where the replay is over or another worker's: nothing was changed then. Throws what
 * the projection throws, and the first error of an event that cannot be read.
 */
export async function applyMessages(
  replay: HandledReplay,
  entries: readonly JournalEntry[],
  failedEvent?: FailedEvent,
): Promise<Pick<MessagePlan, 'waiting'> | 'over'> {
  const { db, projection, rebuild } = replay;
  const own = entries.filter(({ stored }) =>
    isOfType(projection.aggregate.type, stored.aggregateId),
  );
  const aggregateIds = [...new Set(own.map(({ stored }) => stored.aggregateId))];
  const letters = toCandidateName(projection.name, 'bus');
  return db.transaction(async (tx) => {
    if (!(await holdGeneration(tx, replay, own))) {
      return 'over';
    }
    const [{ skipped }, { blocked }, taken] = await Promise.all([
      loadExceptions(tx, projection.name, aggregateIds),
      loadExceptions(tx, letters, aggregateIds),
      loadProgress(tx, rebuild, aggregateIds),
    ]);
    const plan = planMessages(own, taken, skipped);
    const dead = new Map(blocked);
    const failed = failedEvent?.event;
    if (
      failedEvent !== undefined &&
      failed !== undefined &&
      plan.progress.has(failed.aggregateId)
    ) {
      await recordDeadLetter(tx, letters, failedEvent);
      dead.set(failed.aggregateId, failed.eventSequence);
    }
    const { events, unreadable } = toProjectable(plan.next, { skipped, blocked: dead });
    if (unreadable[0] !== undefined) {
      throw unreadable[0].error;
    }
    if (events.length > 0) {
      await applyEvents(tx, projection, events, CANDIDATE_SCHEMA);
    }
    await saveProgress(tx, replay, plan);
    return plan;
  });
}

/**
 * Whether the generation is this worker's to fill. A comparison or a swap, which locks the projection's row, waits for
 * this transaction and holds up the next; the projector does neither.
 */
async function holdGeneration(
  tx: Tx,
  { projection, rebuild, workerId }: HandledReplay,
  entries: readonly JournalEntry[],
): Promise<boolean> {
  await tx
    .select({ name: projections.name })
    .from(projections)
    .where(eq(projections.name, projection.name))
    .for('key share');
  const reach = Math.max(0, ...entries.map(({ stored }) => stored.position));
  const held = await tx
    .update(rebuilds)
    .set({
      reach: sql`greatest(${rebuilds.reach}, ${reach}::bigint)`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(
      and(
        eq(rebuilds.id, rebuild),
        eq(rebuilds.kind, 'bus'),
        eq(rebuilds.worker, workerId),
        inArray(rebuilds.status, ACTIVE),
      ),
    )
    .returning({ id: rebuilds.id });
  return held.length === 1;
}

async function loadProgress(
  tx: Tx,
  rebuild: number,
  aggregateIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .select({ id: busProgress.aggregateId, sequence: busProgress.eventSequence })
    .from(busProgress)
    .where(
      and(
        eq(busProgress.rebuild, rebuild),
        sql`${busProgress.aggregateId} = ANY(${sql.param(aggregateIds)}::text[])`,
      ),
    );
  return new Map(rows.map(({ id, sequence }) => [id, sequence]));
}

async function saveProgress(
  tx: Tx,
  { rebuild, route }: HandledReplay,
  { next, progress, duplicates }: MessagePlan,
): Promise<void> {
  if (progress.size > 0) {
    const rows = [...progress].map(([aggregateId, eventSequence]) => ({
      rebuild,
      aggregateId,
      eventSequence,
    }));
    await tx
      .insert(busProgress)
      .values(rows)
      .onConflictDoUpdate({
        target: [busProgress.rebuild, busProgress.aggregateId],
        set: { eventSequence: sql`excluded.event_sequence` },
      });
  }
  const counter = route === 'replay' ? busReplays.replayed : busReplays.live;
  await tx
    .update(busReplays)
    .set({
      [route === 'replay' ? 'replayed' : 'live']: sql`${counter} + ${next.length}`,
      duplicates: sql`${busReplays.duplicates} + ${duplicates}`,
    })
    .where(eq(busReplays.rebuild, rebuild));
}
