import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { ProjectAnswer } from '#lib/modules/projects/queries.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { waitParams } from '#server/runtime/queries/parse-query.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import { type WaitForEventDeps, waitForEvent } from '#server/runtime/queries/wait-for-event.ts';
import { getFreshness } from '#server/runtime/views/lag.ts';
import { toProjectAggregateId } from '../domain/project-aggregate-id.ts';
import { parseConfigurationText } from '../views/configuration-text.ts';
import { projects } from '../views/projects/projects-table.ts';
import { projectsView } from '../views/projects/projects-view.ts';
import { toProjectRow } from './projects-page.ts';

/** With a `sequence`: once the view holds the project's event of that number. */
export const projectQuerySchema = z.object(waitParams);
type ProjectQuery = z.infer<typeof projectQuerySchema>;

/** A project without its services. Throws PROJECT_NOT_FOUND and what `waitForEvent` throws. */
export async function findProject(
  deps: WaitForEventDeps,
  projectId: string,
  query: ProjectQuery,
): Promise<ProjectAnswer> {
  await waitForEvent(deps, [projectsView.name], toProjectAggregateId(projectId), query);
  return readSnapshot(deps.db, async (tx) => {
    const freshness = await getFreshness(tx, projectsView);
    const [row] = await tx.select().from(projects).where(eq(projects.projectId, projectId));
    if (row === undefined) {
      const sentence = `There is no project ${projectId} in the read model.`;
      throw new PlayheadError('PROJECT_NOT_FOUND', sentence, { field: 'projectId' });
    }
    return {
      project: {
        ...toProjectRow(row),
        configuration: parseConfigurationText(row.configuration),
        templateValues: parseConfigurationText(row.templateValues),
      },
      freshness,
    };
  });
}
