import { and, eq, isNull, lt, not, or, sql } from 'drizzle-orm';
import { claimedFor, isClaimed } from '#server/runtime/platform/claim-time.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { journalState } from './journal-state-table.ts';
import type { JournalProgress } from './rebuild-journal.ts';

/** A row of `journal_state`. */
export type JournalState = typeof journalState.$inferSelect;

const ID = 0;

/** A claim that is not renewed for this long is anybody's. */
const CLAIM_MS = 10_000;

/** What is known of the journal's completeness. A database that is new knows nothing: incomplete. */
export async function loadJournalState(db: Db): Promise<JournalState> {
  const [row] = await db.select().from(journalState).where(eq(journalState.id, ID));
  if (row !== undefined) {
    return row;
  }
  await db.insert(journalState).values({ id: ID, status: 'incomplete' }).onConflictDoNothing();
  return loadJournalState(db);
}

/** Whether the journal may lack events that the event store has and the stream no longer brings. */
export function isJournalBehind({ status, epoch }: JournalState, storeEpoch: number): boolean {
  return status === 'incomplete' || epoch < storeEpoch;
}

/** Has whoever looks after the journal complete it again; nothing changes where that is due anyway. */
export async function requestJournalRebuild(db: Db | Tx): Promise<void> {
  await db
    .insert(journalState)
    .values({ id: ID, status: 'incomplete' })
    .onConflictDoUpdate({ target: journalState.id, set: { status: 'incomplete' } });
}

/** Counts one further; answers how far. Undefined once the journal is no longer known to be complete. */
export async function advanceEpoch(db: Db): Promise<number | undefined> {
  const [row] = await db
    .update(journalState)
    .set({ epoch: sql`${journalState.epoch} + 1` })
    .where(and(eq(journalState.id, ID), eq(journalState.status, 'complete')))
    .returning({ epoch: journalState.epoch });
  return row?.epoch;
}

const claim = (workerId: string) => ({
  claimedBy: workerId,
  claimedUntil: claimedFor(CLAIM_MS),
});

/**
 * Begins a rebuild of a journal that is behind, for one worker at a time. False when another one is
 * at it, or has finished it since this one looked.
 */
export async function beginJournalRebuild(
  db: Db,
  workerId: string,
  storeEpoch: number,
): Promise<boolean> {
  const isBehind = or(eq(journalState.status, 'incomplete'), lt(journalState.epoch, storeEpoch));
  const isFree = or(
    isNull(journalState.claimedBy),
    not(isClaimed(journalState.claimedUntil, CLAIM_MS)),
  );
  const begun = await db
    .update(journalState)
    .set({
      ...claim(workerId),
      status: 'incomplete',
      eventsRead: 0,
      eventsInserted: 0,
      startedAt: sql`clock_timestamp()`,
      completedAt: null,
    })
    .where(and(eq(journalState.id, ID), isFree, isBehind))
    .returning({ id: journalState.id });
  return begun.length === 1;
}

/** Notes how far a rebuild has come, and renews its claim. */
export async function noteJournalProgress(
  db: Db,
  workerId: string,
  { read, inserted }: JournalProgress,
): Promise<void> {
  await db
    .update(journalState)
    .set({ ...claim(workerId), eventsRead: read, eventsInserted: inserted })
    .where(and(eq(journalState.id, ID), eq(journalState.claimedBy, workerId)));
}

/**
 * The journal is complete, as the event store was when it had counted up to `storeEpoch`. False, and
 * nothing noted, when the claim is another's by now, or the database is not the one it was.
 */
export async function completeJournal(
  db: Db,
  workerId: string,
  storeEpoch: number,
): Promise<boolean> {
  const completed = await db
    .update(journalState)
    .set({
      status: 'complete',
      epoch: sql`greatest(${journalState.epoch}, ${storeEpoch})`,
      claimedBy: null,
      claimedUntil: null,
      completedAt: sql`clock_timestamp()`,
    })
    .where(and(eq(journalState.id, ID), eq(journalState.claimedBy, workerId)))
    .returning({ id: journalState.id });
  return completed.length === 1;
}

/** Gives an unfinished rebuild up, for another worker to begin it again at once. */
export async function abandonJournalRebuild(db: Db, workerId: string): Promise<void> {
  await db
    .update(journalState)
    .set({ claimedBy: null, claimedUntil: null })
    .where(and(eq(journalState.id, ID), eq(journalState.claimedBy, workerId)));
}
