import { addServiceSchema } from '#lib/modules/projects/commands.ts';
import { PROJECT_FIELD_LABELS } from '#lib/modules/projects/field-labels.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { readSlug } from '#server/runtime/commands/read-slug.ts';
import { decideProject } from '../domain/decide-project.ts';
import { projectAggregate } from '../domain/project-aggregate.ts';
import { toProjectAggregateId } from '../domain/project-aggregate-id.ts';

/** Adds a service, with links to others (addServiceSchema). */
export const addService = defineCommand({
  type: 'AddService',
  labels: PROJECT_FIELD_LABELS,
  isIssuedByForm: true,
  route: {
    method: 'POST',
    path: '/projects/{projectId}/services',
    summary: 'Adds a service to a project.',
  },
  schema: addServiceSchema.transform((given, ctx) => ({
    ...given,
    projectId: readSlug(ctx, given.projectId, 'projectId'),
  })),
  aggregates: ({ projectId }) => [toProjectAggregateId(projectId)],
  decide: (input, { at, stateOf }) =>
    decideProject(
      { commandType: 'AddService', at, ...input },
      stateOf(projectAggregate, toProjectAggregateId(input.projectId)),
    ),
});
