import { type Blueprint, type Configuration, sortKeys } from './blueprint.ts';
import type { ParameterValues } from './parameter-values.ts';
import { replaceReferences } from './references.ts';
import type { TemplateContent } from './template-state.ts';
import { parseValidTemplate } from './validate-template.ts';

/**
 * What a project of a valid template begins with: references have their values, those to what is secret
 * stay. Throws for a template that is not valid. Pure.
 */
export function instantiateTemplate(
  content: Pick<TemplateContent, 'text' | 'format'>,
  values: ParameterValues,
): Blueprint {
  const { services, configuration = {} } = parseValidTemplate(content);
  const fill = (settings: Configuration) =>
    sortKeys(
      Object.fromEntries(
        Object.entries(settings).map(([key, value]) => [key, replaceReferences(value, values)]),
      ),
    );
  return {
    configuration: fill(configuration),
    services: services.map(({ name, kind, configuration: own = {} }) => ({
      name,
      kind,
      configuration: fill(own),
    })),
    links: services.flatMap(({ name: from, links = [] }) => links.map((to) => ({ from, to }))),
  };
}
