import type { ExistingTemplate, TemplateState } from '#lib/modules/templates/template-state.ts';
import type { TemplateEvent } from './template-events.ts';

/**
 * The state after one more event. Throws when the decider cannot have written it: an event before the first
 * upload or after the deprecation, or one about another version than the newest.
 */
export function evolveTemplate(
  state: TemplateState,
  event: TemplateEvent & { readonly timestamp: string },
): TemplateState {
  const { timestamp: lastEventAt } = event;
  if (event.eventType === 'TemplateUploaded') {
    return {
      ...event.eventData,
      status: requireVersion(state, event.eventData.version),
      validity: 'unknown',
      problems: [],
      createdAt: state.status === 'missing' ? lastEventAt : state.createdAt,
      lastEventAt,
    };
  }
  const template = requireActive(state, event.eventType);
  switch (event.eventType) {
    case 'TemplateValidated': {
      const { valid, problems } = event.eventData;
      return { ...template, validity: valid ? 'valid' : 'invalid', problems, lastEventAt };
    }
    case 'TemplateParametersChanged': {
      const { parameters } = event.eventData;
      return { ...template, parameters, validity: 'unknown', problems: [], lastEventAt };
    }
    case 'TemplateDeprecated':
      return {
        ...template,
        status: 'deprecated',
        lastEventAt,
        deprecatedAt: lastEventAt,
        deprecationReason: event.eventData.reason,
      };
  }
}

function requireVersion(state: TemplateState, version: number): 'active' {
  const before = state.status === 'missing' ? 0 : requireActive(state, 'TemplateUploaded').version;
  if (version !== before + 1) {
    throw new Error(`Version ${version} was uploaded after version ${before}`);
  }
  return 'active';
}

function requireActive(state: TemplateState, eventType: string): ExistingTemplate {
  if (state.status !== 'active') {
    throw new Error(`${eventType} on a template that is ${state.status}`);
  }
  return state;
}
