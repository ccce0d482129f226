import { changeProjectConfigurationSchema } from '#lib/modules/projects/commands.ts';
import { PROJECT_FIELD_LABELS } from '#lib/modules/projects/field-labels.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { readSlug } from '#server/runtime/commands/read-slug.ts';
import { decideProject } from '../domain/decide-project.ts';
import { projectAggregate } from '../domain/project-aggregate.ts';
import { toProjectAggregateId } from '../domain/project-aggregate-id.ts';

/** Sets and removes entries of a configuration, the project's or a service's (changeProjectConfigurationSchema). */
export const changeProjectConfiguration = defineCommand({
  type: 'ChangeProjectConfiguration',
  labels: PROJECT_FIELD_LABELS,
  isIssuedByForm: true,
  route: {
    method: 'PATCH',
    path: '/projects/{projectId}/configuration',
    summary: 'Changes the configuration of a project, or of one of its services.',
  },
  schema: changeProjectConfigurationSchema.transform((given, ctx) => ({
    ...given,
    projectId: readSlug(ctx, given.projectId, 'projectId'),
  })),
  aggregates: ({ projectId }) => [toProjectAggregateId(projectId)],
  decide: (input, { at, stateOf }) =>
    decideProject(
      { commandType: 'ChangeProjectConfiguration', at, ...input },
      stateOf(projectAggregate, toProjectAggregateId(input.projectId)),
    ),
});
