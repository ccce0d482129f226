import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq, inArray, like } from 'drizzle-orm';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import type { Conservation } from '#lib/contracts/conservation.ts';
import { countOf } from '#lib/count-format.ts';
import { isPlayheadError } from '#lib/playhead-error.ts';
import { deadLetters, JOURNAL } from '#server/runtime/journal/dead-letters-table.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import { readEntries } from '#server/runtime/views/journal-reader.ts';
import { codecOf } from '#server/runtime/views/postgres-view.ts';
import { projections } from '#server/runtime/views/projections-table.ts';
import type { ConservedQuantity } from './conserved-quantity.ts';
import { createQuantityTally } from './quantity-tally.ts';

const PAGE_SIZE = 5_000;
const RETRY_INTERVAL_MS = 100;

type CheckOptions = {
  /** For how long the other sides of transfers may come. */
  readonly settleMs: number;
  /** Once aborted, it throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
};

/**
 * Adds up all events of the journal up to where a view is, and compares that with what the view holds. The
 * two sides of a transfer may lie around that position: the other sides are looked for behind it. Where
 * events are missing in the view or cannot be read, it says so instead. Throws PostgreSQL's errors.
 */
export async function checkConservation(
  db: Db,
  quantity: ConservedQuantity,
  { settleMs, signal }: CheckOptions,
): Promise<Conservation> {
  const { name, view } = quantity;
  const { position, problem, held } = await readHeld(db, quantity);
  const found = { quantity: name, view: view.name, position };
  if (problem !== null) {
    return { ...found, units: [], problem };
  }
  const tally = createQuantityTally();
  const codec = codecOf(view);

  /** Adds up the events between two positions; answers the last one that there is, or what is wrong. */
  async function addUp(after: number, upTo: number): Promise<number | string> {
    let last = after;
    while (last < upTo) {
      signal?.throwIfAborted();
      const limit = Math.min(PAGE_SIZE, upTo - last);
      const entries = await readEntries(db, codec, { after: last, limit }).catch(toGap);
      if (typeof entries === 'string') {
        return entries;
      }
      for (const entry of entries.filter(({ stored }) => isOf(view, stored.aggregateId))) {
        if ('error' in entry) {
          return `The event at position ${entry.stored.position} of the journal cannot be read.`;
        }
        const change = quantity.toChange(entry.event);
        if (change !== undefined) {
          tally.add(change);
        }
      }
      last += entries.length;
      if (entries.length < limit) {
        return last;
      }
    }
    return last;
  }

  let last = await addUp(0, position);
  tally.closeAtPosition();
  const deadline = performance.now() + settleMs;
  while (typeof last === 'number' && tally.isSomeOpen()) {
    last = await addUp(last, Number.MAX_SAFE_INTEGER);
    if (performance.now() >= deadline) {
      break;
    }
    await sleep(RETRY_INTERVAL_MS);
  }
  return typeof last === 'string'
    ? { ...found, units: [], problem: last }
    : { ...found, units: tally.compare(held), problem: null };
}

/** A journal with a hole cannot be added up: that is found by the same comparison, and told here. */
function toGap(error: unknown): string {
  if (isPlayheadError(error, 'SEQUENCE_GAP')) {
    return error.message;
  }
  throw error;
}

const isOf = ({ aggregate }: ConservedQuantity['view'], aggregateId: string) =>
  parseAggregateId(aggregateId).type === aggregate.type;

/** What the view holds, where it is, and what keeps that from being all, at one moment. */
function readHeld(db: Db, quantity: ConservedQuantity) {
  const { view } = quantity;
  return readSnapshot(db, async (tx) => {
    const [row] = await tx.select().from(projections).where(eq(projections.name, view.name));
    const missing = await tx.$count(
      deadLetters,
      and(
        inArray(deadLetters.projection, [view.name, JOURNAL]),
        like(deadLetters.aggregateId, `${view.aggregate.type}#%`),
      ),
    );
    const problem =
      row?.version !== view.version
        ? 'The view is of another version: rebuild it first.'
        : missing > 0
          ? `${countOf(missing, 'event')} waits or was skipped, so that the view does not hold all events.`
          : null;
    return { position: row?.position ?? 0, problem, held: await quantity.readHeld(tx) };
  });
}
