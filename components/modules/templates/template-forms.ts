import { type FormField, toFormFields } from '#lib/contracts/form-fields.ts';
import {
  changeTemplateParametersSchema,
  deprecateTemplateSchema,
  uploadTemplateSchema,
} from '#lib/modules/templates/commands.ts';
import { TEMPLATE_FIELD_LABELS } from '#lib/modules/templates/field-labels.ts';
import { ParametersControl } from './parameters/parameters-control.tsx';

/** Parameters are written line by line, and not as JSON. */
export const TEMPLATE_CONTROLS = { parameters: ParametersControl };

/** The fields of an upload. */
export const UPLOAD_FIELDS = toFormFields(uploadTemplateSchema, TEMPLATE_FIELD_LABELS).map(
  (field): FormField => (field.name === 'text' ? { ...field, kind: 'long-text' } : field),
);

/** The one field of a change of parameters. */
export const PARAMETERS_FIELDS = toFormFields(
  changeTemplateParametersSchema,
  TEMPLATE_FIELD_LABELS,
).filter(({ name }) => name === 'parameters');

export const DEPRECATION_FIELDS = toFormFields(
  deprecateTemplateSchema,
  TEMPLATE_FIELD_LABELS,
).filter(({ name }) => name === 'reason');
