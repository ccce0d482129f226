/** Goes through a history and keeps when each of some fields was last right. */
export type Bisection = {
  /** After the event `sequence`, these fields, or all of these rows ("" for the only one), are wrong. */
  readonly step: (sequence: number, wrong: readonly string[]) => void;
  /** By field, the last event after which it was right; null where it never was. */
  readonly result: () => ReadonlyMap<string, number | null>;
};

/**
 * Finds the first event after which a field cannot have been right: the one behind the last after which the
 * events said what is held. `fields` are named as differences are: "balance", "17/amount". Pure.
 */
export function createBisection(fields: Iterable<string>): Bisection {
  const lastRight = new Map<string, number | null>([...fields].map((field) => [field, null]));
  return {
    step: (sequence, wrong) => {
      const named = new Set(wrong);
      for (const field of lastRight.keys()) {
        if (!named.has('') && !toWholes(field).some((whole) => named.has(whole))) {
          lastRight.set(field, sequence);
        }
      }
    },
    result: () => lastRight,
  };
}

/** A field and what it is part of: "a/b/c", "a/b", "a". */
function toWholes(field: string): string[] {
  const parts = field.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
