import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { asc, desc } from 'drizzle-orm';
import { PlayheadError } from '#lib/playhead-error.ts';
import { getArchivedAggregate } from '#server/runtime/event-store/archived-aggregates.ts';
import {
  giveStoreIdentity,
  readStoreIdentity,
} from '#server/runtime/event-store/store-identity.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';
import { binding } from './binding-table.ts';
import { journal } from './journal-table.ts';

type Stores = { readonly dynamo: Dynamo; readonly db: Db };

/** Events of the journal's beginning, and as many of its end, that are looked up in the event store. */
const SAMPLE_SIZE = 8;

const WAY_OUT =
  'Correct DATABASE_URL, DYNAMODB_ENDPOINT or TABLE_PREFIX if they name the wrong one. If the event ' +
  'store is right, give it an empty database (for the embedded PostgreSQL: stop Playhead and move the ' +
  'directory “postgres” out of the data directory): the read models are made again from the events. ' +
  'Nothing was changed.';

/**
 * Binds the database to the event store at their first use together, and makes sure of it later. A
 * database of before there were bindings is compared by the events in its journal. Throws
 * STORE_MISMATCH for another event store's database, and when the event store lacks the journal's
 * newest events: it was restored to an earlier time, or emptied.
 */
export async function bindDatabase({ dynamo, db }: Stores): Promise<void> {
  const [kept, bound] = [await readStoreIdentity(dynamo), await readBinding(db)];
  requireSame(kept, bound);
  const held = await compareSample({ dynamo, db });
  if (bound === undefined && held.includes('other') && !held.includes('same')) {
    throw new PlayheadError(
      'STORE_MISMATCH',
      `The database holds the journal of another event store. ${WAY_OUT}`,
    );
  }
  if (held.at(-1) === 'missing') {
    throw new PlayheadError(
      'STORE_MISMATCH',
      "The event store lacks the newest events of the database's journal: it was emptied or restored " +
        `to an earlier time, or is another one. ${WAY_OUT}`,
    );
  }
  if (kept === undefined || bound === undefined) {
    const identity = kept ?? (await giveStoreIdentity(dynamo, bound));
    await db.insert(binding).values({ id: 0, eventStore: identity }).onConflictDoNothing();
    requireSame(identity, await readBinding(db));
  }
}

/** Throws STORE_MISMATCH when both are bound, and not to each other; changes nothing. */
export async function checkBinding({ dynamo, db }: Stores): Promise<void> {
  requireSame(await readStoreIdentity(dynamo), await readBinding(db));
}

async function readBinding(db: Db): Promise<string | undefined> {
  const [row] = await db.select({ eventStore: binding.eventStore }).from(binding);
  return row?.eventStore;
}

function requireSame(kept: string | undefined, bound: string | undefined): void {
  if (kept !== undefined && bound !== undefined && kept !== bound) {
    throw new PlayheadError(
      'STORE_MISMATCH',
      `The database is bound to the event store ${bound}, and this one is ${kept}. ${WAY_OUT}`,
    );
  }
}

/** What the event store has in the place of the journal's first and last events, in their order. */
async function compareSample({
  dynamo,
  db,
}: Stores): Promise<('same' | 'other' | 'archived' | 'missing')[]> {
  const { position, aggregateId, eventSequence, eventId } = journal;
  const sample = { position, aggregateId, eventSequence, eventId };
  const first = await db.select(sample).from(journal).orderBy(asc(position)).limit(SAMPLE_SIZE);
  const last = await db.select(sample).from(journal).orderBy(desc(position)).limit(SAMPLE_SIZE);
  return Promise.all(
    [...first, ...last.toReversed()].map(
      async ({ aggregateId: id, eventSequence: sequence, eventId }) => {
        const item = await readId(dynamo, { aggregateId: id, eventSequence: sequence });
        if (item !== undefined) {
          return item.eventId === eventId ? 'same' : 'other';
        }
        // A journal that is behind can have an event as its newest one that was removed since.
        const archived = await getArchivedAggregate(dynamo, id);
        return sequence <= (archived?.upTo ?? 0) ? 'archived' : 'missing';
      },
    ),
  );
}

/** The event's id alone: whatever else is in the item need not be readable. */
async function readId({ documents, tables }: Dynamo, Key: Record<string, unknown>) {
  const { Item } = await retryDynamo(() =>
    documents.send(
      new GetCommand({
        TableName: tables.events,
        Key,
        ProjectionExpression: 'eventId',
        ConsistentRead: true,
      }),
    ),
  );
  return Item;
}
