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

/** `z.json()` tries five schemas at each value: what is plainly JSON's is told by one walk before it. */
export const jsonValueSchema: z.ZodType<JsonValue> = z.union([
  z.custom<JsonValue>(isPlainJson),
  z.json(),
]);
export const recordValuesSchema: z.ZodType<RecordValues> = z.record(z.string(), jsonValueSchema);

function isPlainJson(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      return value === null || (Array.isArray(value) ? value.every(isPlainJson) : isRecord(value));
    default:
      return false;
  }
}

/** A member `__proto__` is left out by `z.json()`. */
function isRecord(value: object): boolean {
  return (
    Object.getPrototypeOf(value) === Object.prototype &&
    Object.entries(value).every(([name, part]) => name !== '__proto__' && isPlainJson(part))
  );
}
