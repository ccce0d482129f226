/** A field of a state that changed; undefined where the state has no such field. */
export type FieldChange = {
  readonly field: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
};

/**
 * A state as it travels and is shown: every field a text, amounts in minor units. Fields of maps and of
 * lists stand by themselves: `services.web.kind`, `tags.0`; an empty one is "(empty)".
 */
export function toStateFields(state: unknown): Record<string, string> {
  const fields: [string, string][] = [];
  addFields(fields, '', state);
  return Object.fromEntries(fields);
}

function addFields(fields: [string, string][], path: string, value: unknown): void {
  if (value === undefined) {
    return;
  }
  if (typeof value !== 'object' || value === null) {
    fields.push([path, String(value)]);
    return;
  }
  const parts = value instanceof Map ? [...value] : Object.entries(value);
  if (parts.length === 0 && path !== '') {
    fields.push([path, '(empty)']);
  }
  for (const [name, part] of parts) {
    addFields(fields, path === '' ? `${name}` : `${path}.${name}`, part);
  }
}

/** The fields that differ between two states, in the order of `after`, then those that are gone. */
export function diffStates(before: unknown, after: unknown): FieldChange[] {
  const old = toStateFields(before);
  const now = toStateFields(after);
  return [...new Set([...Object.keys(now), ...Object.keys(old)])]
    .filter((field) => old[field] !== now[field])
    .map((field) => ({ field, before: old[field], after: now[field] }));
}
