import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { AccountStanding } from '#lib/contracts/system.ts';
import { toAggregateId } from '#server/domain/recorded-event.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { deadLetters } from '#server/journal/dead-letters-table.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import type { Db } from '#server/platform/postgres.ts';
import { HOT_VIEWS } from '#server/projections/dead-letters/dead-letter-deps.ts';
import { getHotLetters } from '#server/projections/dead-letters/hot-letters.ts';
import {
  toHotTroubles,
  toProjectedTrouble,
} from '#server/projections/dead-letters/list-troubles.ts';
import { toEventTroubles } from '#server/projections/dead-letters/to-causes.ts';
import type { Trouble } from '#server/projections/dead-letters/trouble.ts';
import { foldToWall } from '#server/time-travel/fold-to-wall.ts';
import { within } from '../within.ts';

export const standingQuerySchema = z.object({});

const PATIENCE_MS = 2_000;

type StandingDeps = { readonly db: Db; readonly dynamo: Dynamo; readonly store: EventStore };

/**
 * How an account's events stand in the event store, and what is the matter with them in any view. A
 * database that does not answer leaves the rest known. Never throws for that.
 */
export async function getAccountStanding(
  { db, dynamo, store }: StandingDeps,
  accountId: string,
): Promise<AccountStanding> {
  const aggregateId = toAggregateId(accountId);
  const [events, projected, hot] = await Promise.allSettled([
    within(PATIENCE_MS, () => findWall(store, aggregateId)),
    within(PATIENCE_MS, () => readProjected(db, aggregateId)),
    within(PATIENCE_MS, () => readHot(dynamo, aggregateId)),
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
        ? ['DynamoDB does not answer: how the account’s events stand is not known.']
        : []),
    ],
  };
}

function isWall(
  wall: AccountStanding['wall'],
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

async function readHot(dynamo: Dynamo, aggregateId: string): Promise<Trouble[]> {
  const found = await Promise.all(
    HOT_VIEWS.map((view) => getHotLetters(dynamo, view, [aggregateId])),
  );
  return found.flatMap((letters) => [...letters.values()].flatMap(toHotTroubles));
}
