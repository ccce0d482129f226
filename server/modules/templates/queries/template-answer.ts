import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm';
import { z } from 'zod';
import {
  type TemplateAnswer,
  templateParametersSchema,
  templateProblemsSchema,
} from '#lib/modules/templates/queries.ts';
import { toTemplateAggregateId } from '#lib/modules/templates/template-state.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { waitParams } from '#server/runtime/queries/parse-query.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import { type WaitForEventDeps, waitForEvent } from '#server/runtime/queries/wait-for-event.ts';
import { getFreshness } from '#server/runtime/views/lag.ts';
import { toTags } from '../views/template-catalog/template-catalog-fold.ts';
import { templateDetails } from '../views/template-details/template-details-table.ts';
import { templateDetailsView } from '../views/template-details/template-details-view.ts';
import { templateVersions } from '../views/template-details/template-versions-table.ts';

export const versionNumberSchema = z.coerce.number().pipe(z.int32().min(1));

/** With a `sequence`: once the view holds the template's event of that number. */
export const templateQuerySchema = z.object({
  /** Whose text is shown; the newest without one. */
  shown: versionNumberSchema.optional(),
  ...waitParams,
});
type TemplateQuery = z.infer<typeof templateQuerySchema>;

/** A template with its versions. Throws TEMPLATE_NOT_FOUND and what `waitForEvent` throws. */
export async function findTemplate(
  deps: WaitForEventDeps,
  templateId: string,
  { shown, ...wait }: TemplateQuery,
): Promise<TemplateAnswer> {
  await waitForEvent(deps, [templateDetailsView.name], toTemplateAggregateId(templateId), wait);
  return readSnapshot(deps.db, async (tx) => {
    const freshness = await getFreshness(tx, templateDetailsView);
    const [details] = await tx
      .select()
      .from(templateDetails)
      .where(eq(templateDetails.templateId, templateId));
    if (details === undefined) {
      throw templateNotFound(`There is no template ${templateId} in the read model.`);
    }
    const number = shown ?? details.newestVersion;
    const { text: _, ...columns } = getTableColumns(templateVersions);
    const rows = await tx
      .select({ ...columns, bytes: sql<number>`octet_length(${templateVersions.text})` })
      .from(templateVersions)
      .where(eq(templateVersions.templateId, templateId))
      .orderBy(desc(templateVersions.number));
    const [version] = await tx
      .select({ text: templateVersions.text })
      .from(templateVersions)
      .where(and(eq(templateVersions.templateId, templateId), eq(templateVersions.number, number)));
    if (version === undefined) {
      throw templateNotFound(`The template ${templateId} has no version ${number}.`);
    }
    return {
      templateId,
      deprecatedAt: details.deprecatedAt?.toISOString() ?? null,
      deprecationReason: details.deprecationReason,
      versions: rows.map(({ templateId: _, ...row }) => ({
        ...row,
        tags: toTags(row),
        parameters: templateParametersSchema.parse(JSON.parse(row.parameters)),
        problems: templateProblemsSchema.parse(JSON.parse(row.problems)),
        uploadedAt: row.uploadedAt.toISOString(),
        validatedAt: row.validatedAt?.toISOString() ?? null,
      })),
      text: version.text,
      shown: number,
      version: details.version,
      freshness,
    };
  });
}

/** The error for a template, or a version of one, that the view does not have. */
export function templateNotFound(sentence: string): PlayheadError {
  return new PlayheadError('TEMPLATE_NOT_FOUND', sentence, { field: 'templateId' });
}
