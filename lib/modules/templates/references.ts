import type { ParameterValues } from './parameter-values.ts';

const REFERENCE = /\$\{([^}]*)(\}?)/g;

/** What stands in references of a value (`${port}`): the names, or what is written instead of one. */
export function findReferences(value: string): { readonly index: number; readonly name: string }[] {
  return [...value.matchAll(REFERENCE)].map(({ index, 1: name = '', 2: end }) => ({
    index,
    name: end === '' ? `${name}…` : name,
  }));
}

/** A value with references replaced; those without a value, the secret ones, stay as they are. */
export function replaceReferences(value: string, values: ParameterValues): string {
  return value.replace(REFERENCE, (reference, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? reference) : reference,
  );
}
