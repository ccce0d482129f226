import { archiveProjectSchema } from '#lib/modules/projects/commands.ts';
import { PROJECT_FIELD_LABELS } from '#lib/modules/projects/field-labels.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { readSlug } from '#server/runtime/commands/read-slug.ts';
import { decideProject } from '../domain/decide-project.ts';
import { projectAggregate } from '../domain/project-aggregate.ts';
import { toProjectAggregateId } from '../domain/project-aggregate-id.ts';

/** Ends a project, for good (archiveProjectSchema). */
export const archiveProject = defineCommand({
  type: 'ArchiveProject',
  labels: PROJECT_FIELD_LABELS,
  isIssuedByForm: true,
  route: {
    method: 'POST',
    path: '/projects/{projectId}/archival',
    summary: 'Archives a project, for good.',
  },
  schema: archiveProjectSchema.transform((given, ctx) => ({
    ...given,
    projectId: readSlug(ctx, given.projectId, 'projectId'),
  })),
  aggregates: ({ projectId }) => [toProjectAggregateId(projectId)],
  decide: (input, { at, stateOf }) =>
    decideProject(
      { commandType: 'ArchiveProject', at, ...input },
      stateOf(projectAggregate, toProjectAggregateId(input.projectId)),
    ),
});
