import { createProjectSchema } from '#lib/modules/projects/commands.ts';
import { PROJECT_FIELD_LABELS } from '#lib/modules/projects/field-labels.ts';
import { templateKind, toTemplateAggregateId } from '#lib/modules/templates/template-state.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { readSlug } from '#server/runtime/commands/read-slug.ts';
import { decideCreate } from '../domain/decide-create.ts';
import { projectAggregate } from '../domain/project-aggregate.ts';
import { toProjectAggregateId } from '../domain/project-aggregate-id.ts';

/** Creates a project under an id that nobody has, empty or from a template (createProjectSchema). */
export const createProject = defineCommand({
  type: 'CreateProject',
  labels: PROJECT_FIELD_LABELS,
  isIssuedByForm: true,
  route: {
    method: 'POST',
    path: '/projects',
    summary: 'Creates a project, of a template or empty.',
    creates: '/projects/{projectId}',
  },
  schema: createProjectSchema.transform((given, ctx) => ({
    ...given,
    projectId: readSlug(ctx, given.projectId, 'projectId'),
    templateId:
      given.templateId === undefined ? undefined : readSlug(ctx, given.templateId, 'templateId'),
  })),
  aggregates: ({ projectId, templateId }) => [
    toProjectAggregateId(projectId),
    ...(templateId === undefined ? [] : [toTemplateAggregateId(templateId)]),
  ],
  decide: (input, { at, stateOf }) =>
    decideCreate(
      { at, ...input },
      stateOf(projectAggregate, toProjectAggregateId(input.projectId)),
      input.templateId === undefined
        ? undefined
        : stateOf(templateKind, toTemplateAggregateId(input.templateId)),
    ),
});
