import { z } from 'zod';
import type { FieldLabels } from '#lib/field-labels.ts';

/** A field of a command's form, as its schema describes it. */
export type FormField = {
  readonly name: string;
  readonly label: string;
  readonly help: string | undefined;
  readonly isRequired: boolean;
  /** Its value before anybody has typed, as a text. */
  readonly initial: string;
  /**
   * text: one line; long-text: many; choice: one of `options`; choices: any of them; switch: "true" or
   * nothing; map: names and values, a line each, as "name = value"; list: texts with commas between them;
   * json: a JSON text.
   */
  readonly kind: 'text' | 'long-text' | 'choice' | 'choices' | 'switch' | 'map' | 'list' | 'json';
  readonly options: readonly string[];
};

/**
 * What a schema says of a field beside its shape, by `.meta()`: `title`, `description`, and whether its
 * text has many lines.
 */
const metaSchema = z.object({
  title: z.string().optional(),
  description: z.string().optional(),
  multiline: z.boolean().optional(),
});

/** The fields of a command's form, in the order of its schema; names without a title are put in words. */
export function toFormFields(schema: z.ZodObject, labels: FieldLabels = {}): FormField[] {
  return Object.entries(schema.shape).map(([name, field]) => toField(name, field, labels[name]));
}

function toField(name: string, field: z.core.$ZodType, label: string | undefined): FormField {
  let type: z.core.$ZodType = field;
  let isRequired = true;
  let initial = '';
  let meta = metaSchema.parse(z.globalRegistry.get(field) ?? {});
  for (let inner = toInner(type); inner !== undefined; inner = toInner(type)) {
    if (type instanceof z.ZodOptional || type instanceof z.ZodDefault) {
      isRequired = false;
    }
    if (type instanceof z.ZodDefault) {
      const { defaultValue } = type.def;
      // A list or map that is left out is an empty one.
      initial = typeof defaultValue === 'object' ? '' : `${defaultValue}`;
    }
    type = inner;
    meta = { ...metaSchema.parse(z.globalRegistry.get(type) ?? {}), ...meta };
  }
  return {
    name,
    label: label ?? meta.title ?? toWords(name),
    help: meta.description,
    isRequired,
    initial,
    ...toKind(type, meta.multiline === true),
  };
}

/** What a wrapper is around; undefined for what is none. */
function toInner(type: z.core.$ZodType): z.core.$ZodType | undefined {
  if (
    type instanceof z.ZodOptional ||
    type instanceof z.ZodDefault ||
    type instanceof z.ZodNullable
  ) {
    return type.def.innerType;
  }
  return type instanceof z.ZodPipe ? type.def.in : undefined;
}

function toKind(type: z.core.$ZodType, isMultiline: boolean): Pick<FormField, 'kind' | 'options'> {
  if (type instanceof z.ZodEnum) {
    return { kind: 'choice', options: type.options.map(String) };
  }
  if (type instanceof z.ZodArray && type.element instanceof z.ZodEnum) {
    return { kind: 'choices', options: type.element.options.map(String) };
  }
  if (type instanceof z.ZodArray) {
    return { kind: type.element instanceof z.ZodString ? 'list' : 'json', options: [] };
  }
  if (type instanceof z.ZodBoolean) {
    return { kind: 'switch', options: [] };
  }
  if (type instanceof z.ZodRecord) {
    return { kind: 'map', options: [] };
  }
  return { kind: isMultiline ? 'long-text' : 'text', options: [] };
}

function toWords(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a form's texts mean to the command: lists and maps in their form, empty optional fields left out. */
export function toCommandInput(
  fields: readonly FormField[],
  values: Readonly<Record<string, string | readonly string[]>>,
): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = values[field.name] ?? '';
      if (!field.isRequired && value.length === 0) {
        return [];
      }
      return [[field.name, toValue(field, value)]];
    }),
  );
}

function toValue({ kind }: FormField, value: string | readonly string[]): unknown {
  if (typeof value !== 'string') {
    return value;
  }
  switch (kind) {
    case 'switch':
      return value === 'true';
    case 'map':
      return toMap(value);
    case 'list':
      return toList(value);
    case 'json':
      return toJson(value);
    default:
      return value;
  }
}

function toList(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** What is no JSON stays a text, which the command then refuses. */
function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** "name = value" a line; a line without "=" is a name with an empty value. */
function toMap(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', ...rest] = line.split('=');
      return [name.trim(), rest.join('=').trim()];
    }),
  );
}
