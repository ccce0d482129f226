import { sql } from 'drizzle-orm';
import { MODULES } from '#server/modules/index.ts';
import { journalCounts, journalHead } from '#server/runtime/journal/journal-table.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { projections } from '#server/runtime/views/projections-table.ts';
import { withoutIndexes } from './without-indexes.ts';

export type BankSize = {
  /** A multiple of `accounts`: each has as many. */
  readonly events: number;
  readonly accounts: number;
};

/**
 * Fills an empty database with a bank in which accounts take turns: an opening each, then a movement a
 * month. Journal and read models are as if all of it had been ingested and projected; only balances are
 * not sums. Made by PostgreSQL itself; the same every time. 60 % of the accounts are in CZK, 25 % in EUR,
 * and 5 % each in USD, JPY and KWD; one in a hundred is closed.
 */
export async function fillLargeBank(db: Db, { events, accounts }: BankSize): Promise<void> {
  const each = events / accounts;
  const run = (text: string) => db.execute(sql.raw(text));
  for (const statement of FACTS) {
    await run(statement);
  }
  await withoutIndexes(db, 'journal', () =>
    run(`
      INSERT INTO playhead.journal (position, aggregate_id, event_sequence, event_id, event_type,
        event_data, correlation_id, causation_id, "timestamp", version, metadata, ingested_at)
      SELECT position, 'account#' || bench.account_id(a), k, bench.event_id(a, k),
        CASE WHEN k = 1 THEN 'AccountOpened' ELSE bench.event_type(a, k) END,
        CASE WHEN k = 1 THEN jsonb_build_object('owner', bench.owner(a), 'number', bench.account_id(a),
            'currency', bench.currency(a), 'overdraftLimit', '100000')
          ELSE jsonb_build_object('amount', bench.amount(a, k)::text, 'currency', bench.currency(a),
            'description', bench.description(a, k)) END,
        bench.event_id(a, -k), bench.event_id(a, -k), bench.booked_at(a, k), CASE WHEN k = 1 THEN 2 ELSE 1 END,
        jsonb_build_object('actor', bench.actor(a), 'commandId', bench.event_id(a, -k),
          'commandType', 'Synthetic'), now() - interval '1 hour'
      FROM (
        SELECT position, ((position - 1) % ${accounts} * 7919) % ${accounts} AS a,
          ((position - 1) / ${accounts} + 1)::integer AS k
        FROM generate_series(1, ${events}::bigint) AS position
      ) AS event ORDER BY position`),
  );
  await run(`INSERT INTO playhead.journal_aggregates
    SELECT 'account#' || bench.account_id(a), ${each} FROM generate_series(0, ${accounts - 1}::bigint) AS a`);
  await db.insert(journalHead).values({ slice: 0, position: events });
  await db.execute(sql`INSERT INTO ${journalCounts} (event_type, actor, events)
    SELECT event_type, metadata ->> 'actor', count(*) FROM playhead.journal GROUP BY 1, 2`);
  await fillViews(db, { events, accounts });
  await run('VACUUM ANALYZE');
}

async function fillViews(db: Db, { events, accounts }: BankSize): Promise<void> {
  const each = events / accounts;
  const fill = (table: string, select: string) =>
    withoutIndexes(db, table, () => db.execute(sql.raw(`INSERT INTO playhead.${table} ${select}`)));
  const ofAccount = `FROM generate_series(0, ${accounts - 1}::bigint) AS a`;
  const ofMovement = `${ofAccount}, generate_series(2, ${each}) AS k ORDER BY a, k`;
  await fill(
    'accounts',
    `SELECT bench.account_id(a), bench.account_id(a), bench.owner(a), bench.currency(a), 100000,
      bench.amount(a, 0) * 3, bench.status(a), bench.booked_at(a, 1),
      CASE WHEN bench.status(a) = 'closed' THEN bench.booked_at(a, ${each}) END,
      bench.booked_at(a, ${each}), ${each} ${ofAccount} ORDER BY a`,
  );
  await fill(
    'account_directory',
    `SELECT account_id, currency, status, owner, number, opened_at,
      ' ' || playhead.fold_text(owner) || E'\\n ' || playhead.fold_text(number)
    FROM playhead.accounts ORDER BY account_id`,
  );
  await fill(
    'account_totals',
    'SELECT currency, status, count(*), sum(balance) FROM playhead.accounts GROUP BY 1, 2',
  );
  await fill(
    'transactions',
    `SELECT bench.account_id(a), k, bench.event_id(a, k), CASE bench.event_type(a, k)
        WHEN 'MoneyDeposited' THEN 'deposit' ELSE 'withdrawal' END, bench.amount(a, k),
      bench.amount(a, k) * 2, bench.currency(a), bench.description(a, k), NULL, bench.booked_at(a, k)
    ${ofMovement}`,
  );
  await fill(
    'account_summaries',
    `SELECT bench.account_id(a), bench.currency(a), bench.amount(a, 0) * 3, ${each} / 2, ${each} / 2, 0, 0,
      1000000, 900000, 50000, 50000, 0, 1000000, ${each} ${ofAccount} ORDER BY a`,
  );
  await fill(
    'account_months',
    `SELECT bench.account_id(a), to_char(bench.booked_at(a, k), 'YYYY-MM'), bench.amount(a, k), 0 ${ofMovement}`,
  );
  await fill(
    'daily_balances',
    `SELECT bench.account_id(a), bench.booked_at(a, k)::date, bench.currency(a), 0, bench.amount(a, k),
      bench.amount(a, k), 0, 1, k ${ofMovement}`,
  );
  await db
    .insert(projections)
    .values(
      MODULES.flatMap(({ views }) =>
        views.map(({ name, version }) => ({ name, version, position: events })),
      ),
    );
}

const define = (signature: string, type: string, body: string) =>
  `CREATE FUNCTION bench.${signature} RETURNS ${type} LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT ${body} $$`;
const list = (words: string) => `ARRAY['${words.split(' ').join("','")}']`;
const GIVEN = list(
  'Anna Jan Eva Petr Jana Pavel Lucie Tomáš Kateřina Jiří Marie Josef Hana Martin Lenka Jakub Ünal Ada Jonas Zoë',
);
const FAMILY = list(
  'Novák Svobodová Dvořák Černý Procházková Kučera Veselý Horáková Němec Pokorná Weber Müller Lindqvist Byron Lovelace',
);
const PHRASES =
  "ARRAY['Rent','Salary','Card payment','Groceries at the corner shop','Electricity','Insurance'," +
  "'Cash withdrawal','Transfer between own accounts','Standing order','Refund','Concert tickets','Přeplatek']";

/** What is known of account \`a\` (from 0 on) and its event \`k\` (from 1 on). */
const FACTS = [
  'CREATE SCHEMA bench',
  define('draw(a bigint, k bigint)', 'bigint', 'hashint8extended(a * 1000 + k, 7) & 2147483647'),
  define('account_id(a bigint)', 'text', "'S' || lpad(a::text, 8, '0')"),
  define('event_id(a bigint, k bigint)', 'text', "md5(a || ':' || k)::uuid::text"),
  define(
    'event_type(a bigint, k bigint)',
    'text',
    "CASE WHEN (a + k) % 2 = 0 THEN 'MoneyDeposited' ELSE 'MoneyWithdrawn' END",
  ),
  define(
    'currency(a bigint)',
    'text',
    "CASE WHEN a % 20 < 12 THEN 'CZK' WHEN a % 20 < 17 THEN 'EUR' WHEN a % 20 = 17 THEN 'USD' WHEN a % 20 = 18 THEN 'JPY' ELSE 'KWD' END",
  ),
  define('status(a bigint)', 'text', "CASE WHEN a % 100 = 7 THEN 'closed' ELSE 'open' END"),
  define(
    'actor(a bigint)',
    'text',
    "CASE WHEN a % 1000 = 3 THEN 'olga' WHEN a % 2 = 0 THEN 'import' ELSE 'demo' END",
  ),
  define('amount(a bigint, k bigint)', 'bigint', '100 + bench.draw(a, k) % 1000000'),
  define(
    'owner(a bigint)',
    'text',
    `(${GIVEN})[1 + bench.draw(a, 11) % 20] || ' ' || (${FAMILY})[1 + bench.draw(a, 13) % 15]
    || CASE WHEN bench.draw(a, 17) % 5000 = 0 THEN '-Wintherová' ELSE '' END`,
  ),
  define(
    'description(a bigint, k bigint)',
    'text',
    `(${PHRASES})[1 + bench.draw(a, k + 50) % 12]
    || CASE WHEN bench.draw(a, k + 90) % 3 = 0 THEN ' invoice ' || bench.draw(a, k + 130) % 1000000 ELSE '' END`,
  ),
  define(
    'booked_at(a bigint, k bigint)',
    'timestamptz',
    "'2020-01-01T00:00:00Z'::timestamptz + k * interval '31 days' + a * interval '2 seconds'",
  ),
];
