import { validateTemplateSchema } from '#lib/modules/templates/commands.ts';
import { TEMPLATE_FIELD_LABELS } from '#lib/modules/templates/field-labels.ts';
import { toTemplateAggregateId } from '#lib/modules/templates/template-state.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { readSlug } from '#server/runtime/commands/read-slug.ts';
import { decideTemplate } from '../domain/decide-template.ts';
import { templateAggregate } from '../domain/template-aggregate.ts';

/** Finds out whether projects can be created from a template's newest version (validateTemplateSchema). */
export const validateTemplate = defineCommand({
  type: 'ValidateTemplate',
  labels: TEMPLATE_FIELD_LABELS,
  isIssuedByForm: true,
  route: {
    method: 'POST',
    path: '/templates/{templateId}/validation',
    summary: 'Validates a template’s newest version.',
  },
  schema: validateTemplateSchema.transform((given, ctx) => ({
    ...given,
    templateId: readSlug(ctx, given.templateId, 'templateId'),
  })),
  aggregates: ({ templateId }) => [toTemplateAggregateId(templateId)],
  decide: (input, { at, stateOf }) =>
    decideTemplate(
      { commandType: 'ValidateTemplate', at, ...input },
      stateOf(templateAggregate, toTemplateAggregateId(input.templateId)),
    ),
});
