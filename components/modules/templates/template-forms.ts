import type { IssueCommand } from '#components/console/commands/command-form.tsx';
import { type FormField, toFormFields } from '#lib/contracts/form-fields.ts';
import {
  changeTemplateParametersSchema,
  deprecateTemplateSchema,
  uploadTemplateSchema,
} from '#lib/modules/templates/commands.ts';
import { TEMPLATE_FIELD_LABELS } from '#lib/modules/templates/field-labels.ts';

/** The fields of an upload; lists are written as texts, which `issueUpload` reads. */
export const UPLOAD_FIELDS = toFormFields(uploadTemplateSchema, TEMPLATE_FIELD_LABELS).map(
  (field): FormField => {
    switch (field.name) {
      case 'text':
        return { ...field, kind: 'long-text' };
      case 'tags':
        return { ...field, initial: '', help: 'Separated by commas' };
      case 'parameters':
        return toParametersField(field);
      default:
        return field;
    }
  },
);

/** The one field of a change of parameters, which `issueParameters` reads. */
export const PARAMETERS_FIELDS = toFormFields(changeTemplateParametersSchema, TEMPLATE_FIELD_LABELS)
  .filter(({ name }) => name === 'parameters')
  .map(toParametersField);

export const DEPRECATION_FIELDS = toFormFields(
  deprecateTemplateSchema,
  TEMPLATE_FIELD_LABELS,
).filter(({ name }) => name === 'reason');

/** Issues an upload whose tags and parameters are texts. */
export function issueUpload(issue: IssueCommand): IssueCommand {
  return issueParameters((type, input) => {
    const fields = new Map(Object.entries(Object(input)));
    const tags = `${fields.get('tags') ?? ''}`.split(',').filter((tag) => tag.trim() !== '');
    return issue(type, { ...Object.fromEntries(fields), tags });
  });
}

/** Issues a command whose parameters are a text. */
export function issueParameters(issue: IssueCommand): IssueCommand {
  return (type, input) => {
    const fields = new Map(Object.entries(Object(input)));
    const parameters = readJson(`${fields.get('parameters') ?? '[]'}`);
    if (parameters === undefined) {
      const message = 'Parameters are a JSON list; this text is none.';
      return Promise.resolve({ ok: false, code: 'INVALID_INPUT', message, field: 'parameters' });
    }
    return issue(type, { ...Object.fromEntries(fields), parameters });
  };
}

function toParametersField(field: FormField): FormField {
  return {
    ...field,
    initial: '[]',
    kind: 'long-text',
    help: 'A JSON list: [{"name": "port", "type": "number", "default": "8080"}]',
  };
}

/** What a JSON text says; undefined when it is none. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
