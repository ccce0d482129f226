import { and, eq, isNull, or, sql } from 'drizzle-orm';
import { journalHead } from '#server/runtime/journal/journal-table.ts';
import { readJournal } from '#server/runtime/journal/read-journal.ts';
import { claimedFor, isClaimed } from '#server/runtime/platform/claim-time.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { createWakeSignal } from '#server/runtime/platform/wake-signal.ts';
import { createFault } from '#server/runtime/stream/fault.ts';
import { CLAIM_MS } from '#server/runtime/views/claim.ts';
import type { Bus } from './bus.ts';
import { toBusMessage } from './bus-message.ts';
import { busPublisher } from './bus-publisher-table.ts';
import { sendInLanes } from './to-batches.ts';

const TOPIC = 'events';

/** Notifications only save time: this often the journal is looked at. */
const LOOK_MS = 1_000;

/** So many events are published before the position moves. */
const RUN = 200;

export type BusPublisher = {
  /** There may be new events in the journal. */
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
};

/**
 * Publishes the journal's events to the bus, each aggregate's in their order and each at least once: the position
 * moves when the topic has taken them. Of several workers one publishes.
 */
export function createBusPublisher({
  db,
  bus,
  workerId,
  logger,
}: {
  readonly db: Db;
  readonly bus: Pick<Bus, 'publish'>;
  readonly workerId: string;
  readonly logger: Logger;
}): BusPublisher {
  const news = createWakeSignal();
  const fault = createFault(logger, 'publishing to the bus');
  let isStopping = false;

  async function run(): Promise<void> {
    await retried(() => ensurePublisher(db));
    while (!isStopping) {
      const published = await retried(() => publishNext(db, bus, workerId));
      if (published === 0) {
        await news.sleep(LOOK_MS);
      }
    }
    await db
      .update(busPublisher)
      .set({ claimedBy: null, claimedUntil: null })
      .where(eq(busPublisher.claimedBy, workerId))
      .catch(fault.note);
  }

  async function retried<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    while (!isStopping) {
      try {
        const result = await work();
        fault.clear();
        return result;
      } catch (error) {
        await news.sleep(fault.note(error));
      }
    }
    return undefined;
  }

  const running = run();
  return {
    wake: news.wake,
    stop: async () => {
      isStopping = true;
      news.wake();
      await running;
    },
  };
}

/**
 * Notes where publishing begins, at the journal's newest event, unless that was noted before: nobody listened until
 * then. A replay's queue is subscribed after this.
 */
export async function ensurePublisher(db: Db): Promise<void> {
  await db.execute(sql`
    INSERT INTO ${busPublisher} (topic, position)
    SELECT ${TOPIC}, coalesce((SELECT position FROM ${journalHead} WHERE slice = 0), 0)
    ON CONFLICT DO NOTHING
  `);
}

/** Publishes the next events, if this worker may. Answers with how many. */
async function publishNext(db: Db, bus: Pick<Bus, 'publish'>, workerId: string): Promise<number> {
  const claim = { claimedBy: workerId, claimedUntil: claimedFor(CLAIM_MS) };
  const isOurs = or(
    isNull(busPublisher.claimedBy),
    eq(busPublisher.claimedBy, workerId),
    sql`NOT ${isClaimed(busPublisher.claimedUntil, CLAIM_MS)}`,
  );
  const [mine] = await db
    .update(busPublisher)
    .set(claim)
    .where(and(eq(busPublisher.topic, TOPIC), isOurs))
    .returning({ position: busPublisher.position });
  if (mine === undefined) {
    return 0;
  }
  const events = await readJournal(db, { after: mine.position, limit: RUN });
  await sendInLanes(events.map(toBusMessage), bus.publish);
  const position = events.at(-1)?.position ?? mine.position;
  await db
    .update(busPublisher)
    .set({ ...claim, position })
    .where(
      and(
        eq(busPublisher.topic, TOPIC),
        eq(busPublisher.claimedBy, workerId),
        eq(busPublisher.position, mine.position),
      ),
    );
  return events.length;
}
