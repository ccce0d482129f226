import { sql } from 'drizzle-orm';
import { journal, journalAggregates, journalHead } from '#server/runtime/journal/journal-table.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';

/**
 * Fills an empty journal with `events` events of `accounts` accounts (fewer when they do not come to
 * all of them), as if they had been ingested: an opening, then deposits and withdrawals, a minute
 * apart over the whole journal, the accounts in no order. The same every time, and sound: positions
 * and sequences without gaps.
 */
export async function fillJournal(
  db: Db,
  { events, accounts }: { readonly events: number; readonly accounts: number },
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`SET LOCAL synchronous_commit = off`);
    await tx.execute(sql`
      INSERT INTO ${journal} (
        position, aggregate_id, event_sequence, event_id, event_type, event_data,
        correlation_id, causation_id, "timestamp", version, metadata
      )
      SELECT position, 'account#' || account, event_sequence, 'event-' || position,
        CASE
          WHEN event_sequence = 1 THEN 'AccountOpened'
          WHEN event_sequence % 2 = 0 THEN 'MoneyDeposited'
          ELSE 'MoneyWithdrawn'
        END,
        CASE
          WHEN event_sequence = 1 THEN jsonb_build_object(
            'owner', 'Owner of ' || account, 'number', account, 'currency', 'EUR',
            'overdraftLimit', '100000')
          ELSE jsonb_build_object(
            'amount', (100 + position % 9900)::text, 'currency', 'EUR', 'description', 'Card payment')
        END,
        'correlation-' || position, 'command-' || position,
        '2020-01-01T00:00:00Z'::timestamptz + position * interval '1 minute',
        CASE WHEN event_sequence = 1 THEN 2 ELSE 1 END,
        jsonb_build_object('actor', 'synthetic', 'commandId', 'command-' || position,
          'commandType', 'Synthetic')
      FROM (
        SELECT position, account,
          row_number() OVER (PARTITION BY account ORDER BY position)::integer AS event_sequence
        FROM generate_series(1, ${events}::bigint) AS position,
          LATERAL (SELECT 'S' || lpad(
            (hashint8extended(position, 7) & 2147483647) % ${accounts} || '', 8, '0'
          ) AS account) AS drawn
      ) AS event
      ORDER BY position
    `);
    await tx.execute(sql`
      INSERT INTO ${journalAggregates} (aggregate_id, event_sequence)
      SELECT aggregate_id, max(event_sequence) FROM ${journal} GROUP BY aggregate_id
    `);
    await tx.execute(sql`INSERT INTO ${journalHead} (slice, position) VALUES (0, ${events})`);
  });
  await db.execute(sql`ANALYZE ${journal}`);
}
