import { sql } from 'drizzle-orm';
import { defineView, type Held } from '#server/runtime/views/postgres-view.ts';
import { templateAggregate } from '../../domain/template-aggregate.ts';
import type { TemplateEvent } from '../../domain/template-events.ts';
import { foldCatalogEntry, type TemplateCatalogRow, toTags } from './template-catalog-fold.ts';
import { templateCatalogIn } from './template-catalog-table.ts';
import { templateTagsIn } from './template-tags-table.ts';

type HeldEntry = Held & { readonly row: TemplateCatalogRow | undefined };

/** Every template, to be found by its name, description and tags. */
export const templateCatalogView = defineView<HeldEntry, TemplateEvent>({
  name: 'template-catalog',
  version: 1,
  aggregate: templateAggregate,
  idColumn: 'templateId',
  tables: [
    { in: templateCatalogIn, write: 'upsert' },
    { in: templateTagsIn, write: 'replace' },
  ],
  load: async (tx, schema, ids) => {
    const catalog = templateCatalogIn(schema);
    const rows = await tx
      .select()
      .from(catalog)
      .where(sql`${catalog.templateId} = ANY(${sql.param(ids)}::text[])`)
      .prepare(`${schema}.template_catalog_held`)
      .execute();
    return new Map(rows.map((row) => [row.templateId, toHeld(row)]));
  },
  initial: toHeld(undefined),
  fold: (held, events, templateId) => {
    const row = foldCatalogEntry(held.row, events);
    const tags = row === undefined ? [] : toTags(row);
    return {
      held: toHeld(row),
      rows: [
        row === undefined || row === held.row ? [] : [row],
        tags.map((tag) => ({ templateId, tag })),
      ],
    };
  },
});

function toHeld(row: TemplateCatalogRow | undefined): HeldEntry {
  return { version: row?.version ?? 0, row };
}
