import type { ErrorObject } from 'ajv';
import { hasUnseen, showUnseen } from '../../unseen-text.ts';
import { type ParsedTemplate, parseTemplate, toPointer } from './parse-template.ts';
import { findReferences } from './references.ts';
import {
  areTemplateParameters,
  isTemplateDocument,
  type TemplateDocument,
  toSentence,
} from './template-schema.ts';
import type { TemplateContent, TemplateParameter, TemplateProblem } from './template-state.ts';

/** More than these help nobody, and an event has to hold them. */
const MAX_PROBLEMS = 50;
const MAX_MESSAGE_LENGTH = 300;

/**
 * What is wrong with a template, at most 50 problems in the order of their places; none where a project can
 * be created from it. Pure: the same template always has the same problems.
 */
export function validateTemplate(
  content: Pick<TemplateContent, 'text' | 'format' | 'parameters'>,
): TemplateProblem[] {
  const parsed = parseTemplate(content);
  const problems = [
    ...checkParameters(content.parameters),
    ...parsed.problems,
    ...(parsed.problems.length === 0 ? checkDocument(parsed, content) : []),
  ];
  return problems
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0))
    .slice(0, MAX_PROBLEMS)
    .map(({ message, ...place }) => ({ message: cut(message), ...place }));
}

/** The services that a text describes. Throws for a text that is not valid. */
export function parseValidTemplate(
  content: Pick<TemplateContent, 'text' | 'format'>,
): TemplateDocument {
  const { value } = parseTemplate(content);
  if (!isTemplateDocument(value)) {
    throw new Error('The template was valid, and is no more.');
  }
  return value;
}

/** Without halves of characters and control characters, which no database keeps. */
function cut(message: string): string {
  return showUnseen(message).slice(0, MAX_MESSAGE_LENGTH).toWellFormed();
}

function checkParameters(parameters: readonly TemplateParameter[]): TemplateProblem[] {
  return areTemplateParameters(parameters)
    ? []
    : meant(areTemplateParameters.errors).map((error) => {
        const [, index, part, element] = error.instancePath.split('/');
        const { name, allowed } = parameters[Number(index)] ?? {};
        const what =
          part === 'allowed' ? `Allowed value “${allowed?.[Number(element)]}”` : 'Default';
        const message = `${what} of “${name}”: ${toSentence(error)}`;
        return { message, ...(name === undefined ? {} : { parameter: name }) };
      });
}

function checkDocument(
  parsed: ParsedTemplate,
  { text, parameters }: Pick<TemplateContent, 'text' | 'parameters'>,
): TemplateProblem[] {
  const { value, ranges, names: namesOf, toPlace } = parsed;
  const problems: TemplateProblem[] = [];
  const report = (message: string, pointer: string, offset = 0) =>
    problems.push({ message, ...toPlace((ranges.get(pointer)?.[0] ?? 0) + offset) });
  if (!isTemplateDocument(value)) {
    for (const error of meant(isTemplateDocument.errors)) {
      const { keyword, instancePath, params, propertyName } = error;
      const name = keyword === 'additionalProperties' ? params.additionalProperty : propertyName;
      const offset =
        typeof name === 'string' ? namesOf.get(toPointer(instancePath, name)) : undefined;
      problems.push({
        message: toSentence(error),
        ...toPlace(offset ?? ranges.get(instancePath)?.[0] ?? namesOf.get(instancePath) ?? 0),
      });
    }
    return problems;
  }
  const names = new Set<string>();
  for (const [index, { name }] of value.services.entries()) {
    if (names.has(name)) {
      report(`There are two services of the name “${name}”.`, `/services/${index}/name`);
    }
    names.add(name);
  }
  for (const [index, { name, links = [] }] of value.services.entries()) {
    for (const [at, to] of links.entries()) {
      const problem = !names.has(to)
        ? `There is no service “${to}”.`
        : to === name
          ? 'A service cannot be connected with itself.'
          : links.indexOf(to) < at
            ? `“${name}” is connected with “${to}” twice.`
            : undefined;
      if (problem !== undefined) {
        report(problem, `/services/${index}/links/${at}`);
      }
    }
  }
  const declared = new Set(parameters.map(({ name }) => name));
  for (const [pointer, setting] of settingsOf(value)) {
    if (hasUnseen(setting)) {
      report('This is not one line of characters that can be seen.', pointer);
    }
    const [start, end] = ranges.get(pointer) ?? [0, 0];
    const written = findReferences(text.slice(start, end));
    const references = findReferences(setting);
    for (const [nth, { name }] of references.entries()) {
      if (!declared.has(name)) {
        // Escaped characters can hide a reference from who looks at what is written.
        const offset = written.length === references.length ? written[nth]?.index : undefined;
        report(`There is no parameter “${name.slice(0, 100)}”.`, pointer, offset);
      }
    }
  }
  return problems;
}

/** Every value of a configuration, with its pointer. */
function* settingsOf({ services, configuration = {} }: TemplateDocument) {
  for (const [key, value] of Object.entries(configuration)) {
    yield [`/configuration/${key}`, value] as const;
  }
  for (const [index, service] of services.entries()) {
    for (const [key, value] of Object.entries(service.configuration ?? {})) {
      yield [`/services/${index}/configuration/${key}`, value] as const;
    }
  }
}

/** Without those that only say that another one is broken. */
function meant(errors: readonly ErrorObject[] | null | undefined): ErrorObject[] {
  return (errors ?? []).filter(({ keyword }) => keyword !== 'if' && keyword !== 'propertyNames');
}
