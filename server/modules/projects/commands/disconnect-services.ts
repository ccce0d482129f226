import { serviceLinkSchema } from '#lib/modules/projects/commands.ts';
import { PROJECT_FIELD_LABELS } from '#lib/modules/projects/field-labels.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { readSlug } from '#server/runtime/commands/read-slug.ts';
import { decideProject } from '../domain/decide-project.ts';
import { projectAggregate } from '../domain/project-aggregate.ts';
import { toProjectAggregateId } from '../domain/project-aggregate-id.ts';

/** Takes the link between two services away (serviceLinkSchema). */
export const disconnectServices = defineCommand({
  type: 'DisconnectServices',
  labels: PROJECT_FIELD_LABELS,
  isIssuedByForm: true,
  route: {
    method: 'DELETE',
    path: '/projects/{projectId}/links/{from}/{to}',
    summary: 'Ends that a service uses another.',
  },
  schema: serviceLinkSchema.transform((given, ctx) => ({
    ...given,
    projectId: readSlug(ctx, given.projectId, 'projectId'),
  })),
  aggregates: ({ projectId }) => [toProjectAggregateId(projectId)],
  decide: (input, { at, stateOf }) =>
    decideProject(
      { commandType: 'DisconnectServices', at, ...input },
      stateOf(projectAggregate, toProjectAggregateId(input.projectId)),
    ),
});
