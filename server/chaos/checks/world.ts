import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { type CommandRecord, commandRecordSchema } from '#server/event-store/command-record.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { StoredEvent } from '#server/event-store/stored-event.ts';
import type { JournalEvent } from '#server/journal/journal-event.ts';
import { readJournal } from '#server/journal/read-journal.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import type { Db } from '#server/platform/postgres.ts';
import { accounts } from '#server/projections/accounts/accounts-table.ts';

/** What lies in the databases when everything has come to rest. */
export type World = {
  /** In the event store, each account's in the order of their sequence. */
  readonly events: readonly StoredEvent[];
  readonly records: readonly CommandRecord[];
  readonly journal: readonly JournalEvent[];
  /** The read model `accounts`; balances in minor units. */
  readonly accounts: readonly AccountBalance[];
};

export type AccountBalance = z.infer<typeof accountSchema>;

export type WorldDeps = {
  readonly store: EventStore;
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
export async function readWorld({ store, dynamo, db }: WorldDeps): Promise<World> {
  const events: StoredEvent[] = [];
  for await (const page of store.scan()) {
    events.push(...page);
  }
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
