import { and, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm';
import { journalHead } from '#server/runtime/journal/journal-table.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { ACTIVE } from '#server/runtime/rebuild/candidate-checkpoint.ts';
import { rebuilds } from '#server/runtime/rebuild/rebuilds-table.ts';
import type { QueueDepth } from './bus.ts';
import { busReplays } from './bus-replays-table.ts';
import { afterStep, type ReplayQueue, type ReplayStep } from './decide-replay.ts';

/** A replay as PostgreSQL has it. */
export type ReplayRow = typeof busReplays.$inferSelect;

/** A replay that is under way, with the version of the code that began it; undefined where there is none. */
export async function loadReplay(
  db: Db,
  rebuild: number,
): Promise<(ReplayRow & { readonly version: number }) | undefined> {
  const [row] = await db
    .select({ replay: busReplays, version: rebuilds.version })
    .from(busReplays)
    .innerJoin(rebuilds, eq(rebuilds.id, busReplays.rebuild))
    .where(and(eq(busReplays.rebuild, rebuild), inArray(rebuilds.status, ACTIVE)));
  return row && { ...row.replay, version: row.version };
}

/** A queue's name: each replay, and each time that it is begun anew, has queues of its own. */
export function toQueueName(
  projection: string,
  { rebuild, attempt }: Pick<ReplayRow, 'rebuild' | 'attempt'>,
  queue: ReplayQueue,
): string {
  return `${projection}-${rebuild}-${attempt}-${queue}`;
}

/** While nobody has moved the replay on. */
const isAt = ({ rebuild, attempt, state }: Pick<ReplayRow, 'rebuild' | 'attempt' | 'state'>) =>
  and(
    eq(busReplays.rebuild, rebuild),
    eq(busReplays.attempt, attempt),
    eq(busReplays.state, state),
  );

const now = sql`clock_timestamp()`;

/** Notes that a step is done, unless that was noted before. What the replay must reach is read behind the third. */
export async function noteStep(
  db: Db,
  replay: ReplayRow,
  step: ReplayStep,
  worker: string,
): Promise<void> {
  const head = sql`coalesce((SELECT position FROM ${journalHead} WHERE slice = 0), 0)`;
  await db
    .update(busReplays)
    .set({
      state: afterStep(step),
      steps: [...replay.steps, { step, at: new Date().toISOString(), worker }],
      ...(step === 'route-replay' && { until: head }),
      updatedAt: now,
    })
    .where(isAt(replay));
}

/** Notes that events up to a position were put into the replay queue, unless somebody else has done that. */
export async function notePut(
  db: Db,
  replay: ReplayRow,
  { position, events }: { readonly position: number; readonly events: number },
): Promise<void> {
  await db
    .update(busReplays)
    .set({ putPosition: position, put: sql`${busReplays.put} + ${events}`, updatedAt: now })
    .where(and(isAt(replay), eq(busReplays.putPosition, replay.putPosition)));
}

/** Queues were lost: begins anew with others. What was taken is kept, and is not taken twice. */
export async function beginAnew(db: Db, replay: ReplayRow): Promise<void> {
  await db
    .update(busReplays)
    .set({
      state: 'create-queues',
      attempt: replay.attempt + 1,
      steps: [],
      until: null,
      putPosition: 0,
      put: 0,
      depths: null,
      updatedAt: now,
    })
    .where(isAt(replay));
}

/** The journal's events up to where the replay ends are in the generation: what it lacks is behind that. */
export async function noteReplayed(db: Db, { rebuild, until }: ReplayRow): Promise<void> {
  await db
    .update(rebuilds)
    .set({ position: sql`greatest(${rebuilds.position}, ${until}::bigint)`, updatedAt: now })
    .where(and(eq(rebuilds.id, rebuild), inArray(rebuilds.status, ACTIVE)));
}

/** Notes how a replay fares. */
export async function noteHealth(
  db: Db,
  rebuild: number,
  health: {
    readonly error: string | null;
    readonly depths?: { readonly replay: QueueDepth; readonly live: QueueDepth };
  },
): Promise<void> {
  await db
    .update(busReplays)
    .set({ ...health, updatedAt: now })
    .where(eq(busReplays.rebuild, rebuild));
}

/** Replays that are over, and whose queues are still there. */
export async function listLeftovers(
  db: Db,
): Promise<(Pick<ReplayRow, 'rebuild' | 'attempt'> & { readonly projection: string })[]> {
  return db
    .select({
      rebuild: busReplays.rebuild,
      attempt: busReplays.attempt,
      projection: rebuilds.projection,
    })
    .from(busReplays)
    .innerJoin(rebuilds, eq(rebuilds.id, busReplays.rebuild))
    .where(and(isNull(busReplays.removedAt), notInArray(rebuilds.status, [...ACTIVE])));
}
