import { z } from 'zod';
import type { ParameterValues } from '#lib/modules/templates/parameter-values.ts';
import type { TemplateParameter } from '#lib/modules/templates/template-state.ts';

const valuesSchema = z.record(z.string(), z.string());

/** The values in a field's text that belong to these parameters: those given for another template are left out. */
export function readValues(
  text: string,
  parameters: readonly TemplateParameter[],
): ParameterValues {
  const given = text === '' ? {} : valuesSchema.parse(JSON.parse(text));
  return Object.fromEntries(
    Object.entries(given).filter(([name]) => parameters.some((each) => each.name === name)),
  );
}
