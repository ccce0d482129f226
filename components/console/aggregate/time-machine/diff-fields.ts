import { keyLists } from './key-lists.ts';

/** A field of two folded states; undefined where that state does not have it. */
export type FieldChange = {
  readonly field: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly changed: boolean;
};

/**
 * Every field of either state, with what it was and what it is: those of `order` first and the others by name, a
 * list's items by what they are known by (`keyLists`).
 */
export function diffFields(
  beforeState: Readonly<Record<string, string>> | undefined,
  afterState: Readonly<Record<string, string>>,
  order: readonly string[] = [],
): FieldChange[] {
  const before = beforeState && keyLists(beforeState);
  const after = keyLists(afterState);
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after)])];
  const rank = (field: string) => {
    const index = order.indexOf(field);
    return index < 0 ? order.length : index;
  };
  const sorted = fields.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  return sorted.map((field) => ({
    field,
    before: before?.[field],
    after: after[field],
    changed: before !== undefined && before[field] !== after[field],
  }));
}
