import fc from 'fast-check';
import {
  type TemplateParameter,
  type TemplateState,
  templateKind,
  toTemplateAggregateId,
} from '#lib/modules/templates/template-state.ts';
import { evolveTemplate } from '#server/modules/templates/domain/evolve-template.ts';
import type {
  TemplateEvent,
  TemplateUploaded,
} from '#server/modules/templates/domain/template-events.ts';
import type { RecordedEvent } from '#server/runtime/event-store/recorded-event.ts';
import { toRecorded } from './recorded.ts';

/** Two services that are connected, one of them with references to `port` and to `token`. */
export const TEMPLATE_TEXT = `services:
  - name: web
    kind: frontend
    configuration: { PORT: "\${port}", TOKEN: "\${token}" }
    links: [db]
  - name: db
    kind: postgres
configuration:
  region: eu
`;

export const TEMPLATE_PARAMETERS: readonly TemplateParameter[] = [
  { name: 'port', type: 'number', default: '8080', allowed: ['80', '8080'], secret: false },
  { name: 'token', type: 'text', allowed: [], secret: true },
];

/** A version of the template `shop`, unless said otherwise. */
export function uploaded(changes: Partial<TemplateUploaded> = {}): TemplateEvent {
  return {
    eventType: 'TemplateUploaded',
    eventData: {
      name: 'Shop',
      description: 'A shop and its database',
      tags: ['demo', 'web'],
      format: 'yaml',
      text: TEMPLATE_TEXT,
      parameters: TEMPLATE_PARAMETERS,
      version: 1,
      ...changes,
    },
  };
}

export function validated(version = 1, ...messages: readonly string[]): TemplateEvent {
  const problems = messages.map((message) => ({ message, line: 1, column: 1 }));
  return {
    eventType: 'TemplateValidated',
    eventData: { version, valid: problems.length === 0, problems },
  };
}

export const deprecated = (reason?: string): TemplateEvent => ({
  eventType: 'TemplateDeprecated',
  eventData: { reason },
});

/** The template's events as recorded, an hour apart. */
export function toTemplateHistory(
  events: readonly TemplateEvent[],
  templateId = 'shop',
): RecordedEvent<TemplateEvent>[] {
  return toRecorded(toTemplateAggregateId(templateId), events);
}

/** The template as these events have left it. */
export function templateAfter(...events: readonly TemplateEvent[]): TemplateState {
  return toTemplateHistory(events).reduce<TemplateState>(evolveTemplate, templateKind.initialState);
}

const step = fc.record({
  kind: fc.constantFrom('upload', 'validate', 'change', 'deprecate'),
  text: fc.constantFrom('services: []', 'a: 1', 'services: {}'),
  valid: fc.boolean(),
  tags: fc.subarray(['a', 'b', 'c']),
});

/** A history that the decider can have written, with up to 20 events. */
export const anyTemplateHistory = fc.array(step, { maxLength: 19 }).map((steps) => {
  let version = 1;
  const events: TemplateEvent[] = [uploaded()];
  for (const { kind, text, valid, tags } of steps) {
    if (kind === 'upload') {
      version += 1;
      events.push(uploaded({ version, text, tags }));
    } else if (kind === 'validate') {
      events.push(validated(version, ...(valid ? [] : ['Wrong.'])));
    } else if (kind === 'change') {
      events.push({
        eventType: 'TemplateParametersChanged',
        eventData: { version, parameters: [] },
      });
    } else if (events.length > 10) {
      events.push(deprecated('Old'));
      break;
    }
  }
  return toTemplateHistory(events);
});
