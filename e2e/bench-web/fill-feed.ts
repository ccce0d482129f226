import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { asc, desc, eq } from 'drizzle-orm';
import { fillLargeBank } from '#server/bench/large-bank.ts';
import { type Stores, withStores } from '#server/bench/with-stores.ts';
import { openInstance } from '#server/local/open-instance.ts';
import { MODULES } from '#server/modules/index.ts';
import { journal } from '#server/runtime/journal/journal-table.ts';
import { createRegistry } from '#server/runtime/registry.ts';

const PER_ACCOUNT = 10;

/**
 * Fills the journal and the views of a new place with a bank of so many events, ten of each account. The
 * event store gets those of the newest account: without the journal's newest event it would not be taken
 * for the journal's own.
 */
export async function fillFeed(
  env: Readonly<Record<string, string>>,
  events: number,
): Promise<void> {
  const registry = createRegistry(MODULES);
  const instance = await openInstance(env, () => {}, { mayBegin: true, registry });
  try {
    await withStores(instance.env, async ({ postgres, dynamo }) => {
      await fillLargeBank(postgres.db, { events, accounts: events / PER_ACCOUNT });
      await storeNewestAccount({ postgres, dynamo });
    });
  } finally {
    await instance.close();
  }
}

async function storeNewestAccount({
  postgres: { db },
  dynamo: { documents, tables },
}: Pick<Stores, 'postgres' | 'dynamo'>): Promise<void> {
  const [newest] = await db.select().from(journal).orderBy(desc(journal.position)).limit(1);
  const rows = await db
    .select()
    .from(journal)
    .where(eq(journal.aggregateId, newest?.aggregateId ?? ''))
    .orderBy(asc(journal.eventSequence));
  for (const { position: _, slice: __, ingestedAt: ___, ...event } of rows) {
    const Item = { ...event, timestamp: event.timestamp.toISOString() };
    await documents.send(new PutCommand({ TableName: tables.events, Item }));
  }
}
