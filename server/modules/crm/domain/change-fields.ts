import type { JsonValue, RecordValues } from '#lib/modules/crm/json-value.ts';
import type { ChangeHeader } from './change-header.ts';
import { toFlatFields, toFlatName } from './flat-fields.ts';

/** What a change says of a record's fields, by their names in the REST API. */
export type ChangeFields = {
  readonly values: RecordValues;
  /** Unified differences of large texts, by field. */
  readonly diffs: Readonly<Record<string, string>>;
};

type Payload = { readonly [name: string]: JsonValue };

/**
 * Reads what a change event says of fields. A field that is absent says nothing. One that is null says null,
 * except where the event lists what changed and does not list it: the Pub/Sub API sends every field, and null
 * for those that did not change. Pure.
 */
export function readChangeFields(header: ChangeHeader, payload: Payload): ChangeFields {
  const values: Record<string, JsonValue> = {};
  const diffs: Record<string, string> = {};
  const isDiff = isNamedIn(header.diffFields);
  for (const { path, name, value } of toFlatFields(payload)) {
    if (isDiff(path) && typeof value === 'string') {
      diffs[name] = value;
    } else if (value !== null || isNull(header, path)) {
      values[name] = value;
    }
  }
  for (const path of header.nulledFields ?? []) {
    const [compound = '', part] = path.split('.');
    values[part === undefined ? compound : toFlatName(compound, part)] = null;
  }
  return { values, diffs };
}

function isNull({ changeType, changedFields, nulledFields }: ChangeHeader, path: string): boolean {
  if (changeType === 'CREATE' || changeType === 'UNDELETE') {
    return true;
  }
  return nulledFields != null && nulledFields.length > 0
    ? isNamedIn(nulledFields)(path)
    : changedFields == null || changedFields.length === 0 || isNamedIn(changedFields)(path);
}

/** Whether a list of names has a field, or the compound field that it is a part of. */
function isNamedIn(names: readonly string[] | null | undefined): (path: string) => boolean {
  const listed = new Set(names ?? []);
  return (path) => listed.has(path) || listed.has(path.split('.', 1)[0] ?? '');
}
