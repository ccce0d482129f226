import { sql } from 'drizzle-orm';
import { type FollowingEvent, isNext } from '#server/runtime/views/is-next.ts';
import { defineView, type Held } from '#server/runtime/views/postgres-view.ts';
import { projectAggregate } from '../../domain/project-aggregate.ts';
import type { ProjectEvent } from '../../domain/project-events.ts';
import { type templateUses, templateUsesIn } from './template-uses-table.ts';

type Row = typeof templateUses.$inferSelect;
type HeldUse = Held & { readonly row: Row | undefined };

/** Which projects came of which template. It follows the projects: a template does not know them. */
export const templateUsageView = defineView<HeldUse, ProjectEvent>({
  name: 'template-usage',
  version: 1,
  aggregate: projectAggregate,
  idColumn: 'projectId',
  tables: [{ in: templateUsesIn, write: 'upsert' }],
  load: async (tx, schema, ids) => {
    const uses = templateUsesIn(schema);
    const rows = await tx
      .select()
      .from(uses)
      .where(sql`${uses.projectId} = ANY(${sql.param(ids)}::text[])`)
      .prepare(`${schema}.template_uses_held`)
      .execute();
    return new Map(rows.map((row) => [row.projectId, toHeld(row)]));
  },
  initial: toHeld(undefined),
  fold: (held, events, id) => {
    const row = events.reduce(
      (before, event) =>
        isNext(before?.version ?? 0, event) ? evolveRow(before, event, id) : before,
      held.row,
    );
    return { held: toHeld(row), rows: [row === undefined || row === held.row ? [] : [row]] };
  },
});

function evolveRow(
  row: Row | undefined,
  event: FollowingEvent<ProjectEvent>,
  projectId: string,
): Row {
  const version = event.eventSequence;
  const at = new Date(event.timestamp);
  if (event.eventType === 'ProjectCreated') {
    const { name, template } = event.eventData;
    return {
      projectId,
      projectName: name,
      templateId: template?.templateId ?? null,
      templateVersion: template?.version ?? null,
      createdAt: at,
      archivedAt: null,
      version,
    };
  }
  if (row === undefined) {
    throw new Error(`${event.eventType} is the first event of ${event.aggregateId}.`);
  }
  return {
    ...row,
    archivedAt: event.eventType === 'ProjectArchived' ? at : row.archivedAt,
    version,
  };
}

function toHeld(row: Row | undefined): HeldUse {
  return { version: row?.version ?? 0, row };
}
