import type { ReportDifference } from './difference.ts';

/** The values that rows of views are made of. */
type Value = string | number | bigint | boolean | Date | null | undefined;

/** Reports every field in which a row is not as expected; `row` goes before the field's name. */
export function compareRow(
  expected: Readonly<Record<string, Value>>,
  actual: Readonly<Record<string, Value>>,
  report: ReportDifference,
  row = '',
): void {
  for (const [name, value] of Object.entries(expected)) {
    const difference = { expected: toText(value), actual: toText(actual[name]) };
    if (difference.expected !== difference.actual) {
      report({ field: `${row}${name}`, ...difference });
    }
  }
}

/** Reports rows that are missing and rows that should not be, and compares the others by field. */
export function compareRows<Row extends Readonly<Record<string, Value>>>(
  expected: ReadonlyMap<string, Row>,
  actual: ReadonlyMap<string, Row>,
  report: ReportDifference,
): void {
  for (const [key, row] of expected) {
    const found = actual.get(key);
    if (found === undefined) {
      report({ field: key, expected: 'a row', actual: null });
    } else {
      compareRow(row, found, report, `${key}/`);
    }
  }
  for (const key of actual.keys()) {
    if (!expected.has(key)) {
      report({ field: key, expected: null, actual: 'a row' });
    }
  }
}

function toText(value: Value): string | null {
  if (value === null || value === undefined) {
    return null;
  }
  return value instanceof Date ? value.toISOString() : `${value}`;
}
