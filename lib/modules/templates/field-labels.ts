import type { FieldLabels } from '#lib/field-labels.ts';

/** The fields of the templates' commands, as the forms call them. */
export const TEMPLATE_FIELD_LABELS: FieldLabels = {
  description: 'Description',
  format: 'Format',
  name: 'Name',
  parameters: 'Parameters',
  reason: 'Reason',
  tags: 'Tags',
  templateId: 'Template id',
  text: 'Template',
};
