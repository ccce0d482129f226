import { removeServiceSchema } from '#lib/modules/projects/commands.ts';
import { PROJECT_FIELD_LABELS } from '#lib/modules/projects/field-labels.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { readSlug } from '#server/runtime/commands/read-slug.ts';
import { decideProject } from '../domain/decide-project.ts';
import { projectAggregate } from '../domain/project-aggregate.ts';
import { toProjectAggregateId } from '../domain/project-aggregate-id.ts';

/** Removes a service, and its links with it (removeServiceSchema). */
export const removeService = defineCommand({
  type: 'RemoveService',
  labels: PROJECT_FIELD_LABELS,
  isIssuedByForm: true,
  route: {
    method: 'DELETE',
    path: '/projects/{projectId}/services/{name}',
    summary: 'Removes a service that no other uses.',
  },
  schema: removeServiceSchema.transform((given, ctx) => ({
    ...given,
    projectId: readSlug(ctx, given.projectId, 'projectId'),
  })),
  aggregates: ({ projectId }) => [toProjectAggregateId(projectId)],
  decide: (input, { at, stateOf }) =>
    decideProject(
      { commandType: 'RemoveService', at, ...input },
      stateOf(projectAggregate, toProjectAggregateId(input.projectId)),
    ),
});
