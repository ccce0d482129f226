import { desc, eq, sql } from 'drizzle-orm';
import { toCandidateName } from '#server/runtime/dead-letters/swap-dead-letters.ts';
import { deadLetters } from '#server/runtime/journal/dead-letters-table.ts';
import { journalHead } from '#server/runtime/journal/journal-table.ts';
import { isClaimed } from '#server/runtime/platform/claim-time.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { rebuilds } from '#server/runtime/rebuild/rebuilds-table.ts';
import { CLAIM_MS } from '#server/runtime/views/claim.ts';
import { busPublisher } from './bus-publisher-table.ts';
import { busReplays } from './bus-replays-table.ts';

/** How far publishing has come, and who publishes; null for nobody. */
async function getPublisher(db: Db) {
  const [row] = await db
    .select({
      position: busPublisher.position,
      behind: sql<number>`greatest(0, coalesce(${journalHead.position}, 0) - ${busPublisher.position})::int`,
      worker: sql<string | null>`CASE WHEN ${isClaimed(busPublisher.claimedUntil, CLAIM_MS)}
        THEN ${busPublisher.claimedBy} END`,
    })
    .from(busPublisher)
    .leftJoin(journalHead, eq(journalHead.slice, 0));
  return row ?? null;
}

/** The newest ten replays, newest first, and how far publishing has come; null before it has begun. */
export async function getBusState(db: Db) {
  const [publisher, rows, letters] = await Promise.all([
    getPublisher(db),
    db
      .select({ replay: busReplays, rebuild: rebuilds })
      .from(busReplays)
      .innerJoin(rebuilds, eq(rebuilds.id, busReplays.rebuild))
      .orderBy(desc(busReplays.rebuild))
      .limit(10),
    db
      .select({ projection: deadLetters.projection, count: sql<number>`count(*)::int` })
      .from(deadLetters)
      .groupBy(deadLetters.projection),
  ]);
  const replays = rows.map(({ replay, rebuild: { projection, status, worker, requestedBy } }) => {
    const name = toCandidateName(projection, 'bus');
    const isOver = status !== 'running' && status !== 'ready';
    const dead = letters.find((each) => each.projection === name)?.count ?? 0;
    const { putPosition: _, updatedAt: __, removedAt: ___, ...rest } = replay;
    return { ...rest, projection, status, worker, requestedBy, deadLetters: isOver ? 0 : dead };
  });
  return { publisher, replays };
}
