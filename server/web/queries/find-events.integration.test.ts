import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillJournal } from '#server/bench/synthetic-journal.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { findEvents } from './find-events.ts';

const postgres = await createTestPostgres();
const { db } = postgres;
const ALL = { types: [], actors: [], aggregateId: undefined, correlationId: undefined, after: 0 };

/** Every account is opened among the first events, and by another actor than all that comes later. */
beforeAll(async () => {
  await fillJournal(db, { events: 60_000, accounts: 500 });
  await db.execute(sql`
    UPDATE playhead.journal SET correlation_id = 'opening',
      metadata = jsonb_set(metadata, '{actor}', '"olga"')
    WHERE event_type = 'AccountOpened'`);
  await db.execute(
    sql`UPDATE playhead.journal SET correlation_id = 'later' WHERE correlation_id <> 'opening'`,
  );
  await db.execute(sql`VACUUM ANALYZE playhead.journal`);
});

afterAll(postgres.close);

it.each([
  ['a type', { types: ['AccountOpened'] }],
  ['an actor', { actors: ['olga'] }],
  ['both', { types: ['AccountOpened'], actors: ['olga'] }],
  ['a correlation', { correlationId: 'opening' }],
  ['a type within a time', { types: ['AccountOpened'], after: 1 }],
  ['a time', { after: 1 }],
])('finds what is all at the beginning without reading the rest: by %s', async (_, part) => {
  await db.transaction(async (tx) => {
    const found = await findEvents(tx, { ...ALL, ...part }, { before: undefined, limit: 51 });
    expect(found).toHaveLength(51);
    const positions = found.map(({ position }) => position);
    expect(positions).toEqual(positions.toSorted((a, b) => b - a));
    const [read] = await tx.execute<{ rows: number }>(sql`
      SELECT (seq_tup_read + idx_tup_fetch)::int AS rows FROM pg_stat_xact_user_tables
      WHERE schemaname = 'playhead' AND relname = 'journal'`);
    expect(read?.rows).toBeLessThan(500);
  });
});
