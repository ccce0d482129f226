import { z } from 'zod';
import { type FieldType, type NormalValue, toNormal } from './field-operations.ts';
import type { JsonValue, RecordValues } from './json-value.ts';

const TYPES = [
  'text',
  'list',
  'date',
  'date-time',
  'boolean',
  'number',
] as const satisfies readonly FieldType[];

const nameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,40}$/, 'A field’s name has small letters, digits and underscores.');

/** Where a field comes from: the first of `from` that has a value, brought into the form of `type`. */
const mappedFieldSchema = z.strictObject({
  name: nameSchema,
  from: z.array(z.string().min(1).max(100)).min(1, 'A field comes from at least one.').max(5),
  type: z.enum(TYPES),
});
export type MappedField = z.infer<typeof mappedFieldSchema>;

/**
 * How a kind of record is normalised: data, which is versioned as its view is. A field that is absent from a
 * record is absent from what becomes of it, and one that is null is null.
 */
export const fieldMappingSchema = z.strictObject({
  /** Raised with every change: the view is then rebuilt. */
  version: z.number().int().positive(),
  /** Which of the fields is what people call the record by. */
  title: nameSchema,
  fields: z
    .array(mappedFieldSchema)
    .min(1)
    .max(100)
    .refine(
      (fields) => new Set(fields.map(({ name }) => name)).size === fields.length,
      'Two fields have one name.',
    ),
});
export type FieldMapping = z.infer<typeof fieldMappingSchema>;

/** A record in the words of its mapping. */
export type Normalised = {
  readonly values: Readonly<Record<string, NormalValue>>;
  /** By field, why it has no value: the others have theirs. */
  readonly errors: Readonly<Record<string, string>>;
};

/** Normalises a record's values. One field's trouble is that field's. Pure. */
export function applyMapping({ fields }: FieldMapping, record: RecordValues): Normalised {
  const values: Record<string, NormalValue> = {};
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const raw = rawValueOf(field, record);
    if (raw === undefined) {
      continue;
    }
    const outcome = toNormal(field.type, raw);
    if ('error' in outcome) {
      errors[field.name] = outcome.error;
    } else {
      values[field.name] = outcome.value;
    }
  }
  return { values, errors };
}

/** What a field is made of: the first source with a value, else null where one is null; undefined without any. */
export function rawValueOf({ from }: MappedField, record: RecordValues): JsonValue | undefined {
  const known = from.flatMap((name) => (Object.hasOwn(record, name) ? [record[name] ?? null] : []));
  return known.find((value) => value !== null && value !== '') ?? known[0];
}
