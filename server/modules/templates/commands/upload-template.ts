import { uploadTemplateSchema } from '#lib/modules/templates/commands.ts';
import { TEMPLATE_FIELD_LABELS } from '#lib/modules/templates/field-labels.ts';
import { toTemplateAggregateId } from '#lib/modules/templates/template-state.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { readSlug } from '#server/runtime/commands/read-slug.ts';
import { decideTemplate } from '../domain/decide-template.ts';
import { templateAggregate } from '../domain/template-aggregate.ts';

/** Keeps a template, or a new version of one (uploadTemplateSchema). */
export const uploadTemplate = defineCommand({
  type: 'UploadTemplate',
  labels: TEMPLATE_FIELD_LABELS,
  isIssuedByForm: true,
  route: {
    method: 'POST',
    path: '/templates',
    summary: 'Uploads a template, or its next version.',
    creates: '/templates/{templateId}',
  },
  schema: uploadTemplateSchema.transform((given, ctx) => ({
    ...given,
    templateId: readSlug(ctx, given.templateId, 'templateId'),
  })),
  aggregates: ({ templateId }) => [toTemplateAggregateId(templateId)],
  decide: (input, { at, stateOf }) =>
    decideTemplate(
      { commandType: 'UploadTemplate', at, ...input },
      stateOf(templateAggregate, toTemplateAggregateId(input.templateId)),
    ),
});
