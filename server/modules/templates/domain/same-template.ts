import type {
  TemplateContent,
  TemplateParameter,
  TemplateProblem,
} from '#lib/modules/templates/template-state.ts';

/** The same for contents that say the same: stored ones may have their members in another order. */
export function toContentKey({
  name,
  description,
  tags,
  format,
  text,
  parameters,
}: TemplateContent): string {
  const key = toParametersKey(parameters);
  return JSON.stringify([name, description ?? null, tags, format, text, key]);
}

/** The same for parameters. */
export function toParametersKey(parameters: readonly TemplateParameter[]): string {
  return JSON.stringify(
    parameters.map(({ name, type, description, default: preset, allowed, secret }) => [
      name,
      type,
      description ?? null,
      preset ?? null,
      allowed,
      secret,
    ]),
  );
}

/** The same for what a validation found. */
export function toProblemsKey(problems: readonly TemplateProblem[]): string {
  return JSON.stringify(
    problems.map(({ message, line, column, parameter }) => [
      message,
      line ?? null,
      column ?? null,
      parameter ?? null,
    ]),
  );
}
