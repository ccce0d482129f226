/** A field of two folded states; undefined where that state does not have it. */
export type FieldChange = {
  readonly field: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly changed: boolean;
};

/** The order in which a state's fields are read; others follow by name. */
const ORDER = [
  'status',
  'balance',
  'currency',
  'overdraftLimit',
  'owner',
  'number',
  'openedAt',
  'lastEventAt',
  'closedAt',
];

/** Every field of either state, in reading order, with what it was and what it is. */
export function diffFields(
  before: Readonly<Record<string, string>> | undefined,
  after: Readonly<Record<string, string>>,
): FieldChange[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after)])];
  return fields.sort(byReadingOrder).map((field) => ({
    field,
    before: before?.[field],
    after: after[field],
    changed: before !== undefined && before[field] !== after[field],
  }));
}

function byReadingOrder(a: string, b: string): number {
  return rank(a) - rank(b) || a.localeCompare(b);
}

function rank(field: string): number {
  const index = ORDER.indexOf(field);
  return index < 0 ? ORDER.length : index;
}
