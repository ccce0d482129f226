type Row = Readonly<Record<string, unknown>>;

/**
 * The fields of a view's row that the folded state has as well, but with another value. Names that only one
 * of them has say nothing: each keeps what it is for.
 */
export function compareWithFold(
  row: Row,
  state: Readonly<Record<string, string>>,
): ReadonlySet<string> {
  return new Set(
    Object.entries(row).flatMap(([name, value]) => {
      const folded = state[name];
      return folded === undefined || isSame(value, folded) ? [] : [name];
    }),
  );
}

function isSame(value: unknown, folded: string): boolean {
  if (value === null || value === undefined) {
    return false;
  }
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text === folded || isSameTime(text, folded);
}

const TIME = /^\d{4}-\d{2}-\d{2}T/;

/** One moment may be written in two ways. */
function isSameTime(a: string, b: string): boolean {
  return TIME.test(a) && TIME.test(b) && Date.parse(a) === Date.parse(b);
}
