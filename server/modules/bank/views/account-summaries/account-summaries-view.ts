import { desc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import type { SchemaName } from '#server/runtime/platform/schemas.ts';
import { defineView, type Held } from '#server/runtime/views/postgres-view.ts';
import { accountAggregate } from '../../domain/account-aggregate.ts';
import type { AccountEvent } from '../../domain/account-events.ts';
import { foldAccountSummary, type SummaryRows } from './account-summaries-fold.ts';
import { accountMonthsIn, accountSummariesIn } from './account-summaries-table.ts';

type HeldSummary = Held & SummaryRows;

/** Counts, totals and extremes of each account's life, and its monthly flow. */
export const accountSummariesView = defineView<HeldSummary, AccountEvent>({
  name: 'account-summaries',
  version: 1,
  aggregate: accountAggregate,
  idColumn: 'accountId',
  tables: [
    { in: accountSummariesIn, write: 'upsert' },
    { in: accountMonthsIn, write: 'upsert' },
  ],
  load: loadHeld,
  initial: toHeld({ summary: undefined, months: [] }),
  fold: (held, events) => {
    const { summary, months } = foldAccountSummary(held, events);
    return {
      held: toHeld({
        summary: summary ?? held.summary,
        months: months.length > 0 ? months.slice(-1) : held.months,
      }),
      rows: [summary === undefined ? [] : [summary], months],
    };
  },
});

function toHeld({ summary, months }: SummaryRows): HeldSummary {
  return { version: summary?.version ?? 0, summary, months };
}

/** Each account's summary with its newest month, by one step into each primary key's index. */
async function loadHeld(
  tx: Tx,
  schema: SchemaName,
  accountIds: string[],
): Promise<Map<string, HeldSummary>> {
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
      toHeld({ summary, months: month === null ? [] : [month] }),
    ]),
  );
}
