import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { diffLines } from '#lib/modules/templates/diff-lines.ts';
import {
  type TemplateDifference,
  templateParametersSchema,
} from '#lib/modules/templates/queries.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import { getFreshness } from '#server/runtime/views/lag.ts';
import { templateDetailsView } from '../views/template-details/template-details-view.ts';
import { templateVersions } from '../views/template-details/template-versions-table.ts';
import { templateNotFound, versionNumberSchema } from './template-answer.ts';

export const templateDifferenceQuerySchema = z.object({
  from: versionNumberSchema,
  to: versionNumberSchema,
});
type TemplateDifferenceQuery = z.infer<typeof templateDifferenceQuerySchema>;

/** What is different between two versions of a template, text and parameters. Throws TEMPLATE_NOT_FOUND. */
export async function getTemplateDifference(
  db: Db,
  templateId: string,
  { from, to }: TemplateDifferenceQuery,
): Promise<TemplateDifference> {
  const { rows, freshness } = await readSnapshot(db, async (tx) => ({
    freshness: await getFreshness(tx, templateDetailsView),
    rows: await tx
      .select({
        number: templateVersions.number,
        text: templateVersions.text,
        parameters: templateVersions.parameters,
      })
      .from(templateVersions)
      .where(
        and(
          eq(templateVersions.templateId, templateId),
          inArray(templateVersions.number, [from, to]),
        ),
      ),
  }));
  const versionOf = (number: number) => {
    const row = rows.find((each) => each.number === number);
    if (row === undefined) {
      throw templateNotFound(`The template ${templateId} has no version ${number}.`);
    }
    return row;
  };
  const [before, after] = [versionOf(from), versionOf(to)];
  return {
    from,
    to,
    lines: diffLines(before.text, after.text),
    parameters: diffParameters(before.parameters, after.parameters),
    freshness,
  };
}

function diffParameters(before: string, after: string): TemplateDifference['parameters'] {
  const toEntries = (json: string) =>
    new Map(
      templateParametersSchema
        .parse(JSON.parse(json))
        .map((parameter) => [parameter.name, JSON.stringify(parameter)]),
    );
  const [old, now] = [toEntries(before), toEntries(after)];
  return {
    added: [...now.keys()].filter((name) => !old.has(name)),
    removed: [...old.keys()].filter((name) => !now.has(name)),
    changed: [...now.keys()].filter((name) => old.has(name) && old.get(name) !== now.get(name)),
  };
}
