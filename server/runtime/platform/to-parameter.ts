/** What postgres.js is given of a parameter: PostgreSQL's text, whose type PostgreSQL finds itself. */
export type Parameter = string | number | boolean | null;

/**
 * A value as a statement's parameter; an array becomes PostgreSQL's text for arrays. Throws a
 * TypeError for what has no text of its own.
 */
export function toParameter(value: unknown): Parameter {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'bigint':
      return String(value);
  }
  if (value === null) {
    return null;
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (Array.isArray(value)) {
    return toArrayText(value);
  }
  throw new TypeError(`A statement's parameter cannot be ${typeof value}.`);
}

function toArrayText(values: readonly unknown[]): string {
  return `{${values.map(toElement).join(',')}}`;
}

function toElement(value: unknown): string {
  const parameter = toParameter(value);
  if (parameter === null) {
    return 'NULL';
  }
  return typeof parameter === 'string' && typeof value !== 'bigint' && !Array.isArray(value)
    ? `"${SPECIAL.test(parameter) ? parameter.replaceAll(EACH_SPECIAL, String.raw`\$&`) : parameter}"`
    : String(parameter);
}

/** Few texts have one: looking first is cheaper than replacing none. */
const SPECIAL = /[\\"]/;
const EACH_SPECIAL = /[\\"]/g;
