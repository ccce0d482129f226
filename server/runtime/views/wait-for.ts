import { and, eq, inArray, lte, min, sql } from 'drizzle-orm';
import { PlayheadError } from '#lib/playhead-error.ts';
import { deadLetters, JOURNAL } from '#server/runtime/journal/dead-letters-table.ts';
import { journal } from '#server/runtime/journal/journal-table.ts';
import type { NotificationSource } from '#server/runtime/platform/notifications.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { createWakeSignal } from '#server/runtime/platform/wake-signal.ts';
import { projections } from './projections-table.ts';

/** What to wait for: an event of an aggregate. */
export type WaitToken = { readonly aggregateId: string; readonly sequence: number };

/** How long it trusts in notifications before it looks again by itself. */
const POLL_INTERVAL_MS = 500;

export type WaitDeps = {
  readonly db: Db;
  readonly notifications: NotificationSource;
  /** Nobody waits any more once it is aborted: the waiting fails with its reason. */
  readonly signal?: AbortSignal;
  /** Tells why a projection stands still, once it does; answers how to stop watching. */
  readonly watchStanding?: (projectionName: string, tell: (reason: string) => void) => () => void;
};

/**
 * Resolves as soon as a projection's rows hold the effects of an event. Throws WAIT_TIMED_OUT after
 * `timeoutMs`, with a sentence that says how far the event had come; at once EVENT_BLOCKED when it
 * waits behind a dead letter, and VIEW_STANDS_STILL when nothing moves the projection.
 */
export async function waitForProjection(
  { db, notifications, signal, watchStanding }: WaitDeps,
  projectionName: string,
  token: WaitToken,
  timeoutMs: number,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  const news = createWakeSignal();
  const unsubscribe = notifications.subscribe(news.wake);
  signal?.addEventListener('abort', news.wake, { once: true });
  let standing: string | null = null;
  const stopWatching = watchStanding?.(projectionName, (reason) => {
    standing = reason;
    news.wake();
  });
  try {
    for (;;) {
      signal?.throwIfAborted();
      const why = standing;
      const { wanted, reached, dead } = await look(db, projectionName, token);
      if (dead !== null) {
        throw blocked(projectionName, token, dead);
      }
      if (wanted !== null && reached >= wanted) {
        return;
      }
      if (why !== null) {
        throw new PlayheadError('VIEW_STANDS_STILL', `${projectionName} stands still: ${why}`);
      }
      const left = deadline - performance.now();
      if (left <= 0) {
        throw timedOut(projectionName, token, timeoutMs, wanted, reached);
      }
      await news.sleep(Math.min(left, POLL_INTERVAL_MS));
    }
  } finally {
    stopWatching?.();
    signal?.removeEventListener('abort', news.wake);
    unsubscribe();
  }
}

/**
 * The event's place in the journal (null: not there yet), the projection's position, and the dead
 * letter at or before the event, in the projection or in ingest.
 */
async function look(
  db: Db,
  projectionName: string,
  { aggregateId, sequence }: WaitToken,
): Promise<{ wanted: number | null; reached: number; dead: number | null }> {
  const wanted = db
    .select({ position: journal.position })
    .from(journal)
    .where(and(eq(journal.aggregateId, aggregateId), eq(journal.eventSequence, sequence)));
  const reached = db
    .select({ position: projections.position })
    .from(projections)
    .where(eq(projections.name, projectionName));
  const dead = db
    .select({ eventSequence: min(deadLetters.eventSequence) })
    .from(deadLetters)
    .where(
      and(
        inArray(deadLetters.projection, [projectionName, JOURNAL]),
        eq(deadLetters.aggregateId, aggregateId),
        eq(deadLetters.status, 'dead'),
        lte(deadLetters.eventSequence, sequence),
      ),
    );
  const [row] = await db
    .select({
      dead: sql<number | null>`${dead}`,
      wanted: sql`${wanted}`.mapWith((text: string | null) =>
        text === null ? null : Number(text),
      ),
      reached: sql`coalesce(${reached}, 0)`.mapWith(Number),
    })
    .from(sql`(VALUES (1)) AS one (row)`)
    .prepare('wait_for_projection')
    .execute();
  return row ?? { wanted: null, reached: 0, dead: null };
}

function blocked(
  projectionName: string,
  { aggregateId, sequence }: WaitToken,
  dead: number,
): PlayheadError {
  const where =
    dead === sequence ? 'is a dead letter' : `waits behind event ${dead}, a dead letter,`;
  return new PlayheadError(
    'EVENT_BLOCKED',
    `Event ${sequence} of ${aggregateId} ${where} in ${projectionName}: an operator has to retry or ` +
      'skip that one.',
  );
}

function timedOut(
  projectionName: string,
  { aggregateId, sequence }: WaitToken,
  timeoutMs: number,
  wanted: number | null,
  reached: number,
): PlayheadError {
  const where =
    wanted === null
      ? 'it is not in the journal yet'
      : `it is at position ${wanted}, ${projectionName} is at ${reached}`;
  return new PlayheadError(
    'WAIT_TIMED_OUT',
    `Event ${sequence} of ${aggregateId} did not reach ${projectionName} within ${timeoutMs} ms: ${where}.`,
  );
}
