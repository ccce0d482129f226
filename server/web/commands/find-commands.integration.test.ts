import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillJournal } from '#server/bench/synthetic-journal.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { createDynamo } from '#server/runtime/platform/dynamo.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { findCommands } from './find-commands.ts';

const postgres = await createTestPostgres();
const { db } = postgres;
const dynamo = createDynamo({ AWS_REGION: 'x', TABLE_PREFIX: 'x' });
const store = createEventStore(dynamo, TEST_REGISTRY.aggregates);

/** Every account is opened among the first events, and by another actor than all that comes later. */
beforeAll(async () => {
  await fillJournal(db, { events: 60_000, accounts: 500 });
  await db.execute(sql`
    UPDATE playhead.journal SET metadata = metadata || '{"actor": "olga", "commandType": "Open"}'
    WHERE event_type = 'AccountOpened'`);
  await db.execute(sql`VACUUM ANALYZE playhead.journal`);
});

afterAll(async () => {
  await postgres.close();
  dynamo.close();
});

it.each([
  ['nothing', {}],
  ['a type', { types: ['Open'] }],
  ['an actor', { actors: ['olga'] }],
  ['both', { types: ['Open'], actors: ['olga'] }],
])('finds a page without reading the rest: by %s', async (_, part) => {
  await db.transaction(async (tx) => {
    const filter = { types: [], actors: [], aggregateId: undefined, ...part };
    const found = await findCommands(tx, store, filter, { before: undefined, limit: 51 });
    expect(found).toHaveLength(51);
    const positions = found.map(({ position }) => position);
    expect(positions).toEqual(positions.toSorted((a, b) => b - a));
    const [read] = await tx.execute<{ rows: number }>(sql`
      SELECT (seq_tup_read + idx_tup_fetch)::int AS rows FROM pg_stat_xact_user_tables
      WHERE schemaname = 'playhead' AND relname = 'journal'`);
    expect(read?.rows).toBeLessThan(1_000);
  });
});
