import { z } from 'zod';

/** A value as JSON has it. A number that JavaScript has not exactly is a text of all its digits. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** What a record has, by the names that its fields have in the REST API. */
export type RecordValues = Readonly<Record<string, JsonValue>>;

export const jsonValueSchema: z.ZodType<JsonValue> = z.json();
export const recordValuesSchema: z.ZodType<RecordValues> = z.record(z.string(), jsonValueSchema);
