import { setTimeout as sleep } from 'node:timers/promises';
import { PlayheadError } from '#lib/playhead-error.ts';
import { type DeliveredEvent, isBroken } from '#server/runtime/event-store/delivered-event.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { toRawJson } from '#server/runtime/event-store/raw-json.ts';
import { readDelivered } from '#server/runtime/event-store/read-delivered.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { backoffMs } from '#server/runtime/platform/backoff.ts';
import { categorize } from '#server/runtime/platform/failure.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { isRefusedValue } from '#server/runtime/platform/postgres-errors.ts';
import type { Gap } from './ingest-plan.ts';
import { type Insertion, insertBatch } from './insert-batch.ts';

/** How many events were new, those that filled gaps included, and the journal's head afterwards. */
export type IngestResult = { readonly inserted: number; readonly position: number };

/** Hears which events are new in the journal, and since when (epoch milliseconds) they were written. Must not throw. */
export type OnInserted = (events: readonly StoredEvent[], begunAt: number) => void;

export type Ingest = (events: readonly DeliveredEvent[]) => Promise<IngestResult>;

type IngestDeps = {
  readonly db: Db;
  readonly store: Pick<EventStore, 'read' | 'getRawItem'>;
  readonly onInserted?: OnInserted;
};

/** So many events fill a gap per transaction, whatever its length. */
const FILL_SIZE = 2_000;

/** Filling gaps this often without an end means that something removes what was filled. */
const MAX_FILLS = 5;

/** So often an event that PostgreSQL refuses is tried before it becomes a dead letter. */
const MAX_ATTEMPTS = 3;

/**
 * Makes the journal's entrance. Events may come twice, late and out of order, and over several
 * calls at once: each ends up in the journal once, after its aggregate's event before it. What is
 * missing in between is read from the event store, outside of any transaction.
 *
 * What cannot be taken (an item that is no event, one that the event store lacks, values that
 * PostgreSQL refuses) becomes a dead letter of `journal`: its aggregate waits there, all else goes
 * on. Throws PostgreSQL's and the event store's other errors; the batch can be ingested again then.
 */
export function createIngest(deps: IngestDeps): Ingest {
  return async (batch) => {
    let filled = 0;
    for (let fills = 0; fills <= MAX_FILLS; fills += 1) {
      const insertion = await insert(deps, batch);
      if (insertion.kind === 'done') {
        return { inserted: filled + insertion.events.length, position: insertion.position };
      }
      filled += await fill(deps, insertion.gaps);
    }
    throw new PlayheadError(
      'SEQUENCE_GAP',
      `Gaps in the journal were filled ${MAX_FILLS} times and are there again.`,
    );
  };
}

/** Inserts a batch; when one event in it is to blame for a failure, halves it until that one is left. */
async function insert(deps: IngestDeps, batch: readonly DeliveredEvent[]): Promise<Insertion> {
  const begunAt = Date.now();
  try {
    const insertion = await insertBatch(deps.db, batch);
    if (insertion.kind === 'done') {
      deps.onInserted?.(insertion.events, begunAt);
    }
    return insertion;
  } catch (error) {
    const [event] = batch;
    const isAlone = batch.length === 1;
    if (!isEventToBlame(error) || event === undefined || (isAlone && isBroken(event))) {
      throw error;
    }
    if (isAlone && !isBroken(event)) {
      return insertRefused(deps.db, event);
    }
  }
  const half = Math.ceil(batch.length / 2);
  const first = await insert(deps, batch.slice(0, half));
  if (first.kind === 'gap') {
    return first;
  }
  const second = await insert(deps, batch.slice(half));
  return second.kind === 'gap'
    ? second
    : { ...second, events: [...first.events, ...second.events] };
}

/** Whether an event cannot be encoded, or PostgreSQL refuses a value of it; nothing else is its fault. */
function isEventToBlame(error: unknown): boolean {
  return isRefusedValue(error) || categorize(error) === 'handler';
}

/** Tries a refused event again some times; then its aggregate waits at it. */
async function insertRefused(db: Db, event: StoredEvent): Promise<Insertion> {
  for (let attempt = 2; ; attempt += 1) {
    await sleep(backoffMs(attempt));
    try {
      return await insertBatch(db, [event]);
    } catch (error) {
      if (!isEventToBlame(error) || !(error instanceof Error)) {
        throw error;
      }
      if (attempt >= MAX_ATTEMPTS) {
        const rawItem = toRawJson(event);
        return insertBatch(db, [{ ...event, problem: error, rawItem }], attempt);
      }
    }
  }
}

/**
 * Reads gaps from the event store and ingests them ahead of the batch, in bounded portions. Answers
 * how many events were new.
 */
async function fill(deps: IngestDeps, gaps: readonly Gap[]): Promise<number> {
  let inserted = 0;
  let portion: DeliveredEvent[] = [];
  for (const { aggregateId, from, to } of gaps) {
    for (let next = from; next <= to; next += FILL_SIZE) {
      const range = { from: next, to: Math.min(to, next + FILL_SIZE - 1) };
      const events = await readDelivered(deps.store, aggregateId, range, { areKnown: true });
      portion.push(...events);
      if (portion.length >= FILL_SIZE) {
        inserted += countNew(await insert(deps, portion));
        portion = [];
      }
      if (events.some(isBroken)) {
        break;
      }
    }
  }
  return inserted + countNew(await insert(deps, portion));
}

function countNew(insertion: Insertion): number {
  return insertion.kind === 'done' ? insertion.events.length : 0;
}
