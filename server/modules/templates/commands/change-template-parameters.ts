import { changeTemplateParametersSchema } from '#lib/modules/templates/commands.ts';
import { TEMPLATE_FIELD_LABELS } from '#lib/modules/templates/field-labels.ts';
import { toTemplateAggregateId } from '#lib/modules/templates/template-state.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { readSlug } from '#server/runtime/commands/read-slug.ts';
import { decideTemplate } from '../domain/decide-template.ts';
import { templateAggregate } from '../domain/template-aggregate.ts';

/** Sets the parameters of a template's newest version, which must be validated again then (changeTemplateParametersSchema). */
export const changeTemplateParameters = defineCommand({
  type: 'ChangeTemplateParameters',
  labels: TEMPLATE_FIELD_LABELS,
  isIssuedByForm: true,
  route: {
    method: 'PATCH',
    path: '/templates/{templateId}/parameters',
    summary: 'Replaces the parameters of a template’s newest version.',
  },
  schema: changeTemplateParametersSchema.transform((given, ctx) => ({
    ...given,
    templateId: readSlug(ctx, given.templateId, 'templateId'),
  })),
  aggregates: ({ templateId }) => [toTemplateAggregateId(templateId)],
  decide: (input, { at, stateOf }) =>
    decideTemplate(
      { commandType: 'ChangeTemplateParameters', at, ...input },
      stateOf(templateAggregate, toTemplateAggregateId(input.templateId)),
    ),
});
