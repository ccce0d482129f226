import type { ProjectState, ProjectTemplate } from '#lib/modules/projects/project-state.ts';
import type { Blueprint } from '#lib/modules/templates/blueprint.ts';
import { instantiateTemplate } from '#lib/modules/templates/instantiate-template.ts';
import { checkParameterValues } from '#lib/modules/templates/parameter-values.ts';
import type { TemplateState } from '#lib/modules/templates/template-state.ts';
import { type Decision, type Rejection, reject } from '#server/runtime/commands/decision.ts';
import type { CreateProject } from './project-commands.ts';
import { accept, checkLength, checkSize } from './project-rules.ts';

const MAX_DESCRIPTION_LENGTH = 2_000;

/**
 * What the creation of a project brings about; `template` is the state of the one that it names. Whoever
 * deprecates that template, or uploads to it, at the same moment comes before or after: the runtime makes
 * its state a condition of the transaction. Pure.
 */
export function decideCreate(
  command: CreateProject,
  state: ProjectState,
  template: TemplateState | undefined,
): Decision {
  const { projectId, name, description } = command;
  if (state.status !== 'missing') {
    const sentence = `The id ${projectId} belongs to the project “${state.name}” already.`;
    return reject('PROJECT_ID_TAKEN', sentence, 'projectId');
  }
  const beginning = template === undefined ? beginEmpty(command) : beginWith(command, template);
  if ('kind' in beginning) {
    return beginning;
  }
  return (
    checkLength('description', description, MAX_DESCRIPTION_LENGTH) ??
    checkSize(beginning) ??
    accept(command, undefined, {
      eventType: 'ProjectCreated',
      eventData: { name, description, ...beginning },
    })
  );
}

type Beginning = Blueprint & { readonly template?: ProjectTemplate };

function beginEmpty({ parameters }: CreateProject): Beginning | Rejection {
  const [given] = Object.keys(parameters);
  return given === undefined
    ? { configuration: {}, services: [], links: [] }
    : reject(
        'PARAMETER_REFUSED',
        'Parameters are a template’s, and no template is named.',
        `parameters.${given}`,
      );
}

function beginWith(command: CreateProject, template: TemplateState): Beginning | Rejection {
  const { templateId = '', parameters } = command;
  if (template.status === 'missing') {
    return reject('TEMPLATE_NOT_FOUND', `There is no template ${templateId}.`, 'templateId');
  }
  if (template.status === 'deprecated') {
    const sentence = `The template ${templateId} was deprecated on ${template.deprecatedAt?.slice(0, 10)}.`;
    return reject('TEMPLATE_DEPRECATED', sentence, 'templateId');
  }
  const { version, validity, problems } = template;
  if (validity !== 'valid') {
    const why =
      validity === 'unknown' ? 'is not validated yet' : `has problems: ${problems[0]?.message}`;
    const sentence = `Version ${version} of the template ${templateId} ${why}`;
    return reject(
      'TEMPLATE_NOT_VALID',
      /[.!?]$/.test(sentence) ? sentence : `${sentence}.`,
      'templateId',
    );
  }
  const checked = checkParameterValues(template.parameters, parameters);
  if ('problem' in checked) {
    return reject('PARAMETER_REFUSED', checked.problem, `parameters.${checked.parameter}`);
  }
  const { values } = checked;
  return {
    template: { templateId, version, values },
    ...instantiateTemplate(template, values),
  };
}
