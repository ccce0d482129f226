import { Ajv, type ErrorObject } from 'ajv';
import {
  KEY_PATTERN,
  MAX_ENTRIES,
  MAX_SERVICES,
  MAX_VALUE_LENGTH,
  NAME_PATTERN,
} from './blueprint.ts';
import { NUMBER_PATTERN } from './parameter-values.ts';

/** A template's text, as it was parsed. */
export type TemplateDocument = {
  readonly services: readonly {
    readonly name: string;
    readonly kind: string;
    readonly configuration?: Readonly<Record<string, string>>;
    readonly links?: readonly string[];
  }[];
  readonly configuration?: Readonly<Record<string, string>>;
};

const name = { type: 'string', pattern: NAME_PATTERN };

const configuration = {
  type: 'object',
  maxProperties: MAX_ENTRIES,
  propertyNames: { pattern: KEY_PATTERN },
  additionalProperties: { type: 'string', maxLength: MAX_VALUE_LENGTH },
};

const documentSchema = {
  type: 'object',
  required: ['services'],
  additionalProperties: false,
  properties: {
    services: {
      type: 'array',
      maxItems: MAX_SERVICES,
      items: {
        type: 'object',
        required: ['name', 'kind'],
        additionalProperties: false,
        properties: {
          name,
          kind: name,
          configuration,
          links: { type: 'array', maxItems: MAX_SERVICES, items: name },
        },
      },
    },
    configuration,
  },
};

/** What of parameters goes beyond their shape, which the command has checked. */
const parametersSchema = {
  type: 'array',
  items: {
    type: 'object',
    allOf: [
      whereTypeIs('number', { pattern: NUMBER_PATTERN }),
      whereTypeIs('boolean', { enum: ['true', 'false'] }),
      {
        if: { properties: { allowed: { type: 'array', minItems: 1 } } },
        // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so.
        then: { properties: { default: { enum: { $data: '1/allowed' } } } },
      },
      {
        if: { properties: { secret: { const: true } } },
        // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so.
        then: { properties: { default: false } },
      },
    ],
  },
};

function whereTypeIs(type: string, value: object) {
  return {
    if: { properties: { type: { const: type } } },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so.
    then: { properties: { default: value, allowed: { type: 'array', items: value } } },
  };
}

const ajv = new Ajv({ allErrors: true, $data: true, strictTypes: false });

/** Whether a parsed text describes services; `errors` says why not. */
export const isTemplateDocument = ajv.compile<TemplateDocument>(documentSchema);

/** Whether parameters agree with their own types and allowed values; `errors` says why not. */
export const areTemplateParameters = ajv.compile(parametersSchema);

/** A broken rule of either schema in words. */
export function toSentence({ keyword, params, message = '' }: ErrorObject): string {
  switch (keyword) {
    case 'type':
      return `This must be ${TYPES[params.type] ?? params.type}.`;
    case 'required':
      return `“${params.missingProperty}” is missing.`;
    case 'additionalProperties':
      return `“${String(params.additionalProperty).slice(0, 100)}” is not known here.`;
    case 'pattern':
      return PATTERNS[params.pattern] ?? `This ${message}.`;
    case 'maxItems':
    case 'maxProperties':
      return `There are more than ${params.limit}.`;
    case 'maxLength':
      return `This is longer than ${params.limit} characters.`;
    case 'enum':
      return `This must be one of: ${params.allowedValues.join(', ').slice(0, 200)}.`;
    case 'false schema':
      return 'What is secret has no default.';
    default:
      return `This ${message}.`;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a map of names and values',
  string: 'a text, a number, true or false',
};

const PATTERNS: Readonly<Record<string, string>> = {
  [NAME_PATTERN]: 'A name has small letters, digits and hyphens, a letter first, at most 63.',
  [KEY_PATTERN]:
    'A key has letters, digits, dots, hyphens and underscores, a letter first, at most 100.',
  [NUMBER_PATTERN]: 'This must be a number, such as 8080 or 0.5.',
};
