import { hasUnseen } from '../../unseen-text.ts';
import { MAX_VALUE_LENGTH } from './blueprint.ts';
import type { TemplateParameter } from './template-state.ts';

export const NUMBER_PATTERN = '^-?(?:0|[1-9][0-9]{0,29})(?:\\.[0-9]{1,30})?$';
const NUMBER = new RegExp(NUMBER_PATTERN);

/** Values by the names of their parameters. */
export type ParameterValues = Readonly<Record<string, string>>;

/** Values for every parameter that has one, or what is wrong with those that were given. */
export type CheckedValues =
  | { readonly values: ParameterValues }
  | { readonly problem: string; readonly parameter: string };

/**
 * Completes the given values by the defaults. What is secret has none: it would be readable for ever in
 * an event. Pure.
 */
export function checkParameterValues(
  parameters: readonly TemplateParameter[],
  given: ParameterValues,
): CheckedValues {
  const byName = new Map(Object.entries(given));
  const unknown = [...byName.keys()].find((name) => !parameters.some((each) => each.name === name));
  if (unknown !== undefined) {
    return { parameter: unknown, problem: `The template has no parameter “${unknown}”.` };
  }
  const values: [string, string][] = [];
  for (const parameter of parameters) {
    const { name, secret } = parameter;
    const value = byName.get(name) ?? (secret ? undefined : parameter.default);
    const problem = findValueProblem(parameter, value);
    if (problem !== undefined) {
      return { parameter: name, problem };
    }
    if (value !== undefined) {
      values.push([name, value]);
    }
  }
  return { values: Object.fromEntries(values) };
}

/** What is wrong with a parameter's value, or with its having none, in a sentence; undefined for nothing. Pure. */
export function findValueProblem(
  { name, type, allowed, secret }: TemplateParameter,
  value: string | undefined,
): string | undefined {
  if (secret) {
    return value === undefined
      ? undefined
      : `“${name}” is secret: its value is kept where the services run, and must not be given here.`;
  }
  if (value === undefined) {
    return `“${name}” needs a value.`;
  }
  if (value.length > MAX_VALUE_LENGTH || hasUnseen(value)) {
    return `“${name}” is a line of at most ${MAX_VALUE_LENGTH} characters, all of which can be seen.`;
  }
  if (type === 'number' && !NUMBER.test(value)) {
    return `“${name}” is a number, such as 8080 or 0.5.`;
  }
  if (type === 'boolean' && value !== 'true' && value !== 'false') {
    return `“${name}” is true or false.`;
  }
  return allowed.length === 0 || allowed.includes(value)
    ? undefined
    : `“${name}” is one of: ${allowed.join(', ')}.`;
}
