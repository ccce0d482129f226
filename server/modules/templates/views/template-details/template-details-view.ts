import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import { defineView } from '#server/runtime/views/postgres-view.ts';
import { templateAggregate } from '../../domain/template-aggregate.ts';
import type { TemplateEvent } from '../../domain/template-events.ts';
import { foldTemplate, type HeldTemplate, NO_TEMPLATE } from './template-details-fold.ts';
import { templateDetailsIn } from './template-details-table.ts';
import { templateVersionsIn } from './template-versions-table.ts';

/** Every version of each template, with its text, its parameters and what its validation found. */
export const templateDetailsView = defineView<HeldTemplate, TemplateEvent>({
  name: 'template-details',
  version: 1,
  aggregate: templateAggregate,
  idColumn: 'templateId',
  tables: [
    { in: templateDetailsIn, write: 'upsert' },
    { in: templateVersionsIn, write: 'upsert' },
  ],
  load: async (tx, schema, ids) => {
    const details = templateDetailsIn(schema);
    const versions = templateVersionsIn(schema);
    const rows = await tx
      .select({ details: getTableColumns(details), newest: getTableColumns(versions) })
      .from(details)
      .innerJoin(
        versions,
        and(
          eq(versions.templateId, details.templateId),
          eq(versions.number, details.newestVersion),
        ),
      )
      .where(sql`${details.templateId} = ANY(${sql.param(ids)}::text[])`)
      .prepare(`${schema}.template_details_held`)
      .execute();
    return new Map(
      rows.map((row) => [row.details.templateId, { version: row.details.version, ...row }]),
    );
  },
  initial: NO_TEMPLATE,
  fold: (before, events) => {
    const { held, changed } = foldTemplate(before, events);
    const { details } = held;
    return { held, rows: [details === undefined || held === before ? [] : [details], changed] };
  },
});
