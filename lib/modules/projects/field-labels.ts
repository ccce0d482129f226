import type { FieldLabels } from '#lib/field-labels.ts';

/** The fields of the projects' commands, as the forms call them. */
export const PROJECT_FIELD_LABELS: FieldLabels = {
  configuration: 'Configuration',
  description: 'Description',
  from: 'From service',
  kind: 'Kind',
  links: 'Links',
  name: 'Name',
  parameters: 'Parameters',
  projectId: 'Project id',
  reason: 'Reason',
  remove: 'Keys to remove',
  service: 'Service',
  set: 'Entries to set',
  templateId: 'Template id',
  to: 'To service',
};
