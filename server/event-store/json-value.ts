/** What JSON has no form for, at its path within a value. */
export type NotJson = { readonly path: readonly PropertyKey[]; readonly problem: string };

/**
 * The first part of a value that JSON cannot hold exactly: DynamoDB has sets, binary values and
 * numbers of 38 digits. Undefined when there is none. Pure.
 */
export function findNotJson(
  value: unknown,
  path: readonly PropertyKey[] = [],
): NotJson | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') {
    return undefined;
  }
  if (typeof value === 'number') {
    return Number.isFinite(value)
      ? undefined
      : { path, problem: `${value} is no number of JSON's` };
  }
  if (Array.isArray(value)) {
    return firstOf(value.entries(), path);
  }
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return firstOf(Object.entries(value), path);
  }
  return { path, problem: `${nameOf(value)} cannot be kept exactly` };
}

function firstOf(
  entries: Iterable<readonly [PropertyKey, unknown]>,
  path: readonly PropertyKey[],
): NotJson | undefined {
  for (const [key, value] of entries) {
    const found = findNotJson(value, [...path, key]);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function nameOf(value: unknown): string {
  if (value instanceof Set) {
    return 'a set';
  }
  if (value instanceof Uint8Array) {
    return 'a binary value';
  }
  return typeof value === 'object' ? `the number ${value}` : `a ${typeof value}`;
}
