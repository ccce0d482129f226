import type { ReportDifference } from './difference.ts';

/** Values by name: of a row, or of an item, where they may nest. */
export type Values = Readonly<Record<string, unknown>>;

/** Reports every field in which a row is not as expected; `row` goes before the field's name. */
export function compareRow(
  expected: Values,
  actual: Values,
  report: ReportDifference,
  row = '',
): void {
  for (const [name, value] of Object.entries(expected)) {
    compareValue(`${row}${name}`, value, actual[name], report);
  }
}

/** Reports rows that are missing and rows that should not be, and compares the others by field. */
export function compareRows(
  expected: ReadonlyMap<string, Values>,
  actual: ReadonlyMap<string, Values>,
  report: ReportDifference,
): void {
  for (const [key, row] of expected) {
    const found = actual.get(key);
    if (found === undefined) {
      report({ field: key, expected: 'a row', actual: null });
    } else {
      compareRow(row, found, report, key === '' ? '' : `${key}/`);
    }
  }
  for (const key of actual.keys()) {
    if (!expected.has(key)) {
      report({ field: key, expected: null, actual: 'a row' });
    }
  }
}

/** Where both are lists, or both are maps, the differences are those of their parts. */
function compareValue(
  field: string,
  expected: unknown,
  actual: unknown,
  report: ReportDifference,
): void {
  const [parts, found] = [toParts(expected), toParts(actual)];
  if (parts !== undefined && found !== undefined) {
    const names = [...new Set([...Object.keys(parts), ...Object.keys(found)])];
    for (const name of names) {
      compareValue(`${field}/${name}`, parts[name], found[name], report);
    }
    return;
  }
  const difference = { expected: toText(expected), actual: toText(actual) };
  if (difference.expected !== difference.actual) {
    report({ field, ...difference });
  }
}

function toParts(value: unknown): Values | undefined {
  return typeof value === 'object' && value !== null && !(value instanceof Date)
    ? { ...value }
    : undefined;
}

function toText(value: unknown): string | null {
  if (value === null || value === undefined) {
    return null;
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  return typeof value === 'object' ? JSON.stringify(value) : `${value}`;
}
