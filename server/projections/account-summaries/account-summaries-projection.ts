import { desc, eq, getTableColumns, sql } from 'drizzle-orm';
import { groupBy } from '#lib/group-by.ts';
import { fromAggregateId } from '#server/domain/recorded-event.ts';
import type { Tx } from '#server/platform/postgres.ts';
import type { SchemaName } from '#server/platform/schemas.ts';
import type { Projection } from '../projection.ts';
import { upsertRows } from '../write-rows.ts';
import { foldAccountSummary, type SummaryRows } from './account-summaries-fold.ts';
import {
  accountMonths,
  accountMonthsIn,
  accountSummaries,
  accountSummariesIn,
} from './account-summaries-table.ts';

/** Counts, totals and extremes of each account's life, and its monthly flow. */
export const accountSummariesProjection: Projection = {
  name: 'account-summaries',
  version: 1,
  tables: [accountSummaries, accountMonths],
  handle: async (tx, events, schema) => {
    const byAccount = groupBy(events, (event) => fromAggregateId(event.aggregateId));
    const held = await loadHeld(tx, schema, [...byAccount.keys()]);
    const changes = [...byAccount].map(([accountId, accountEvents]) =>
      foldAccountSummary(held.get(accountId) ?? NOTHING, accountEvents),
    );
    await upsertRows(
      tx,
      accountSummariesIn(schema),
      changes.flatMap(({ summary }) => summary ?? []),
    );
    await upsertRows(
      tx,
      accountMonthsIn(schema),
      changes.flatMap(({ months }) => months),
    );
  },
};

const NOTHING: SummaryRows = { summary: undefined, months: [] };

/** Each account's summary with its newest month, by one step into each primary key's index. */
async function loadHeld(
  tx: Tx,
  schema: SchemaName,
  accountIds: string[],
): Promise<Map<string, SummaryRows>> {
  const accountSummaries = accountSummariesIn(schema);
  const accountMonths = accountMonthsIn(schema);
  const lastMonth = tx
    .select(getTableColumns(accountMonths))
    .from(accountMonths)
    .where(eq(accountMonths.accountId, accountSummaries.accountId))
    .orderBy(desc(accountMonths.month))
    .limit(1)
    .as('last_month');
  const rows = await tx
    .select({ summary: getTableColumns(accountSummaries), month: lastMonth._.selectedFields })
    .from(accountSummaries)
    .leftJoinLateral(lastMonth, sql`true`)
    .where(sql`${accountSummaries.accountId} = ANY(${sql.param(accountIds)}::text[])`)
    .prepare(`${schema}.account_summaries_held`)
    .execute();
  return new Map(
    rows.map(({ summary, month }) => [
      summary.accountId,
      { summary, months: month === null ? [] : [month] },
    ]),
  );
}
