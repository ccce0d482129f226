import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { accounts } from '#server/modules/bank/views/accounts/accounts-table.ts';
import {
  type CommandRecord,
  commandRecordSchema,
} from '#server/runtime/event-store/command-record.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import type { JournalEvent } from '#server/runtime/journal/journal-event.ts';
import { readJournal } from '#server/runtime/journal/read-journal.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import type { Registered } from '#server/runtime/registered.ts';
import { readWriteOrder } from './read-write-order.ts';

/** What lies in the databases when everything has come to rest. */
export type World = {
  /** In the event store, in the order in which they were written. */
  readonly events: readonly StoredEvent[];
  readonly records: readonly CommandRecord[];
  readonly journal: readonly JournalEvent[];
  /** The read model `accounts`; balances in minor units. */
  readonly accounts: readonly AccountBalance[];
};

export type AccountBalance = z.infer<typeof accountSchema>;

export type WorldDeps = {
  readonly store: EventStore;
  readonly registered: Registered;
  readonly dynamo: Dynamo;
  readonly db: Db;
};

const accountSchema = z.object({
  accountId: z.string(),
  currency: z.string(),
  balance: z.coerce.bigint(),
});

const JOURNAL_PAGE = 5_000;

/** Reads it all into memory: some ten thousand events. Throws what the databases throw. */
export async function readWorld({
  store,
  dynamo,
  db,
}: Omit<WorldDeps, 'registered'>): Promise<World> {
  const events: StoredEvent[] = [];
  for await (const page of store.scan()) {
    events.push(...page);
  }
  const order = await readWriteOrder(dynamo);
  const placeOf = ({ aggregateId, eventSequence }: StoredEvent) =>
    order.get(`${aggregateId}/${eventSequence}`) ?? order.size;
  events.sort((a, b) => placeOf(a) - placeOf(b));
  const records: CommandRecord[] = [];
  const scan = { TableName: dynamo.tables.commands, ConsistentRead: true };
  for await (const { Items } of paginateScan({ client: dynamo.documents }, scan)) {
    records.push(...z.array(commandRecordSchema).parse(Items ?? []));
  }
  const journal: JournalEvent[] = [];
  for (;;) {
    const after = journal.at(-1)?.position ?? 0;
    const page = await readJournal(db, { after, limit: JOURNAL_PAGE });
    journal.push(...page);
    if (page.length < JOURNAL_PAGE) {
      break;
    }
  }
  const balances = await db.execute(
    sql`SELECT account_id AS "accountId", currency, balance::text FROM ${accounts}`,
  );
  return { events, records, journal, accounts: z.array(accountSchema).parse(balances) };
}
