import { toEventTime } from '#lib/event-time.ts';
import {
  type ExistingTemplate,
  type TemplateState,
  toTemplateAggregateId,
} from '#lib/modules/templates/template-state.ts';
import { validateTemplate } from '#lib/modules/templates/validate-template.ts';
import type { Decision } from '#server/runtime/commands/decision.ts';
import { toContentKey, toParametersKey, toProblemsKey } from './same-template.ts';
import type {
  ChangeTemplateParameters,
  DeprecateTemplate,
  TemplateCommand,
  UploadTemplate,
} from './template-commands.ts';
import type { TemplateEvent } from './template-events.ts';
import {
  checkLength,
  checkSize,
  MAX_DESCRIPTION_LENGTH,
  MAX_PARAMETERS_BYTES,
  MAX_REASON_LENGTH,
  MAX_TEXT_BYTES,
  requireActive,
} from './template-rules.ts';

/** What a command brings about, or the rule that it breaks. Pure. */
export function decideTemplate(command: TemplateCommand, state: TemplateState): Decision {
  if (command.commandType === 'UploadTemplate') {
    return decideUpload(command, state);
  }
  const template = requireActive(command.templateId, state);
  if ('kind' in template) {
    return template;
  }
  switch (command.commandType) {
    case 'ValidateTemplate':
      return decideValidate(command, template);
    case 'ChangeTemplateParameters':
      return decideChange(command, template);
    case 'DeprecateTemplate':
      return decideDeprecate(command, template);
  }
}

function decideUpload(command: UploadTemplate, state: TemplateState): Decision {
  const { name, description, tags, format, text, parameters } = command;
  const content = { name, description, tags, format, text, parameters };
  const template =
    state.status === 'missing' ? undefined : requireActive(command.templateId, state);
  if (template !== undefined && 'kind' in template) {
    return template;
  }
  if (template !== undefined && toContentKey(template) === toContentKey(content)) {
    return accept(command, template);
  }
  const version = (template?.version ?? 0) + 1;
  return (
    checkLength('description', description, MAX_DESCRIPTION_LENGTH) ??
    checkSize('text', text, MAX_TEXT_BYTES) ??
    checkSize('parameters', toParametersKey(parameters), MAX_PARAMETERS_BYTES) ??
    accept(command, template, {
      eventType: 'TemplateUploaded',
      eventData: { ...content, version },
    })
  );
}

function decideValidate(
  command: Extract<TemplateCommand, { commandType: 'ValidateTemplate' }>,
  template: ExistingTemplate,
): Decision {
  const { version } = template;
  const problems = validateTemplate(template);
  const valid = problems.length === 0;
  const isKnown =
    template.validity === (valid ? 'valid' : 'invalid') &&
    toProblemsKey(template.problems) === toProblemsKey(problems);
  return isKnown
    ? accept(command, template)
    : accept(command, template, {
        eventType: 'TemplateValidated',
        eventData: { version, valid, problems },
      });
}

function decideChange(command: ChangeTemplateParameters, template: ExistingTemplate): Decision {
  const { parameters } = command;
  const key = toParametersKey(parameters);
  if (key === toParametersKey(template.parameters)) {
    return accept(command, template);
  }
  const { version } = template;
  return (
    checkSize('parameters', key, MAX_PARAMETERS_BYTES) ??
    accept(command, template, {
      eventType: 'TemplateParametersChanged',
      eventData: { version, parameters },
    })
  );
}

function decideDeprecate(command: DeprecateTemplate, template: ExistingTemplate): Decision {
  const { reason } = command;
  return (
    checkLength('reason', reason, MAX_REASON_LENGTH) ??
    accept(command, template, { eventType: 'TemplateDeprecated', eventData: { reason } })
  );
}

function accept(
  { templateId, at }: Pick<TemplateCommand, 'templateId' | 'at'>,
  template: ExistingTemplate | undefined,
  ...events: readonly TemplateEvent[]
): Decision {
  return {
    kind: 'accepted',
    timestamp: toEventTime(at, template?.lastEventAt),
    events: new Map(events.length === 0 ? [] : [[toTemplateAggregateId(templateId), events]]),
  };
}
