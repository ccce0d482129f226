import { toNormal } from '#lib/modules/crm/field-operations.ts';
import { type JsonValue, recordValuesSchema } from '#lib/modules/crm/json-value.ts';
import { toFlatFields } from './flat-fields.ts';
import { parseJson } from './parse-json.ts';

/** A record as the REST API had it: its values, and the time before which none of its changes is missing. */
export type ReadRecord = {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly values: Readonly<Record<string, JsonValue>>;
};

/** Reads what an event of a reading holds. Throws for what is no record. */
export function readRecord(stored: {
  readonly record: string;
  readonly modifiedAt: string;
}): ReadRecord {
  return { at: Date.parse(stored.modifiedAt), values: toRecordValues(stored.record) };
}

/** The fields of a record's JSON, flat. Throws for what is no JSON object. */
export function toRecordValues(text: string): Record<string, JsonValue> {
  const { attributes: _, ...fields } = recordValuesSchema.parse(parseJson(text));
  return Object.fromEntries(toFlatFields(fields).map(({ name, value }) => [name, value]));
}

/** When a record was last modified, ISO 8601 in UTC; undefined where it does not say. */
export function modifiedAtOf(values: Readonly<Record<string, JsonValue>>): string | undefined {
  const given = values.SystemModstamp ?? values.LastModifiedDate ?? null;
  const outcome = toNormal('date-time', given);
  return 'value' in outcome && typeof outcome.value === 'string' ? outcome.value : undefined;
}
