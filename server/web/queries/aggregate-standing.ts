import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { isOfType } from '#lib/aggregate-id.ts';
import type { AggregateStanding } from '#lib/contracts/system.ts';
import { getHotDeadLetters } from '#server/runtime/dead-letters/hot-dead-letters.ts';
import { toHotTroubles, toProjectedTrouble } from '#server/runtime/dead-letters/list-troubles.ts';
import { toEventTroubles } from '#server/runtime/dead-letters/to-causes.ts';
import type { Trouble } from '#server/runtime/dead-letters/trouble.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { deadLetters } from '#server/runtime/journal/dead-letters-table.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { within } from '#server/runtime/queries/within.ts';
import type { RegisteredViews } from '#server/runtime/registered.ts';
import { foldToWall } from '#server/runtime/time-travel/fold-to-wall.ts';

export const standingQuerySchema = z.object({});

const TIMEOUT_MS = 2_000;

type StandingDeps = {
  readonly db: Db;
  readonly dynamo: Dynamo;
  readonly store: EventStore;
  readonly registry: RegisteredViews;
};

/**
 * How an aggregate's events stand in the event store, and what is the matter with them in any view. A
 * database that does not answer leaves the rest known. Never throws for that.
 */
export async function getAggregateStanding(
  { db, dynamo, store, registry }: StandingDeps,
  aggregateId: string,
): Promise<AggregateStanding> {
  const [events, projected, hot] = await Promise.allSettled([
    within(TIMEOUT_MS, () => findWall(store, aggregateId)),
    within(TIMEOUT_MS, () => readProjected(db, aggregateId)),
    within(TIMEOUT_MS, () => readHot(dynamo, registry, aggregateId)),
  ]);
  const troubles = [projected, hot].flatMap((part) =>
    part.status === 'fulfilled' ? part.value : [],
  );
  const { newestSequence, wall } =
    events.status === 'fulfilled' ? events.value : { newestSequence: null, wall: null };
  return {
    newestSequence,
    wall,
    // What this program can read is no wall, whatever an older one said of it.
    troubles: toEventTroubles(troubles).map((trouble) => ({
      ...trouble,
      isUnfoldable: newestSequence === null ? trouble.isUnfoldable : isWall(wall, trouble),
    })),
    problems: [
      ...(projected.status === 'rejected'
        ? ['PostgreSQL does not answer: what waits in its views is not known.']
        : []),
      ...(events.status === 'rejected' || hot.status === 'rejected'
        ? ['DynamoDB does not answer: how its events stand is not known.']
        : []),
    ],
  };
}

function isWall(
  wall: AggregateStanding['wall'],
  { eventSequence }: { readonly eventSequence: number },
): boolean {
  return wall !== null && eventSequence === wall.sequence;
}

async function findWall(store: EventStore, aggregateId: string) {
  const newestSequence = await store.getNewestSequence(aggregateId);
  const found = await foldToWall(store, aggregateId, newestSequence);
  return { newestSequence, wall: 'wall' in found ? found.wall : null };
}

async function readProjected(db: Db, aggregateId: string): Promise<Trouble[]> {
  const rows = await db.select().from(deadLetters).where(eq(deadLetters.aggregateId, aggregateId));
  return rows.map(toProjectedTrouble);
}

async function readHot(
  dynamo: Dynamo,
  { hotViews }: RegisteredViews,
  aggregateId: string,
): Promise<Trouble[]> {
  const found = await Promise.all(
    hotViews
      .filter(({ aggregate }) => isOfType(aggregate.type, aggregateId))
      .map(({ name }) => getHotDeadLetters(dynamo, name, [aggregateId])),
  );
  return found.flatMap((letters) => [...letters.values()].flatMap(toHotTroubles));
}
