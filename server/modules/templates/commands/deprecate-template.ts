import { deprecateTemplateSchema } from '#lib/modules/templates/commands.ts';
import { TEMPLATE_FIELD_LABELS } from '#lib/modules/templates/field-labels.ts';
import { toTemplateAggregateId } from '#lib/modules/templates/template-state.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { readSlug } from '#server/runtime/commands/read-slug.ts';
import { decideTemplate } from '../domain/decide-template.ts';
import { templateAggregate } from '../domain/template-aggregate.ts';

/** Ends a template, for good: no more projects come of it (deprecateTemplateSchema). */
export const deprecateTemplate = defineCommand({
  type: 'DeprecateTemplate',
  labels: TEMPLATE_FIELD_LABELS,
  isIssuedByForm: true,
  route: {
    method: 'POST',
    path: '/templates/{templateId}/deprecation',
    summary: 'Deprecates a template, for good: no new project is created of it.',
  },
  schema: deprecateTemplateSchema.transform((given, ctx) => ({
    ...given,
    templateId: readSlug(ctx, given.templateId, 'templateId'),
  })),
  aggregates: ({ templateId }) => [toTemplateAggregateId(templateId)],
  decide: (input, { at, stateOf }) =>
    decideTemplate(
      { commandType: 'DeprecateTemplate', at, ...input },
      stateOf(templateAggregate, toTemplateAggregateId(input.templateId)),
    ),
});
