import { parseAggregateId } from '#lib/aggregate-id.ts';
import type { TemplateParameter, TemplateProblem } from '#lib/modules/templates/template-state.ts';
import { type FollowingEvent, isNext } from '#server/runtime/views/is-next.ts';
import type { TemplateEvent } from '../../domain/template-events.ts';
import type { templateDetails } from './template-details-table.ts';
import type { templateVersions } from './template-versions-table.ts';

export type TemplateDetailsRow = typeof templateDetails.$inferSelect;
export type TemplateVersionsRow = typeof templateVersions.$inferSelect;

/** What is held of a template: no event touches another version than the newest. */
export type HeldTemplate = {
  readonly version: number;
  readonly details: TemplateDetailsRow | undefined;
  readonly newest: TemplateVersionsRow | undefined;
};

export const NO_TEMPLATE: HeldTemplate = { version: 0, details: undefined, newest: undefined };

/**
 * What more of a template's events, in their order, make of it, and the versions that they add or
 * change. Events that are held already change nothing. Throws SEQUENCE_GAP at a gap. Pure.
 */
export function foldTemplate(
  before: HeldTemplate,
  events: readonly FollowingEvent<TemplateEvent>[],
): { readonly held: HeldTemplate; readonly changed: readonly TemplateVersionsRow[] } {
  const changed = new Map<number, TemplateVersionsRow>();
  let held = before;
  for (const event of events) {
    if (isNext(held.version, event)) {
      const { newest } = held;
      held = evolve(held, event);
      if (held.newest !== undefined && held.newest !== newest) {
        changed.set(held.newest.number, held.newest);
      }
    }
  }
  return { held, changed: [...changed.values()] };
}

function evolve(
  { details, newest }: HeldTemplate,
  event: FollowingEvent<TemplateEvent>,
): HeldTemplate {
  const at = new Date(event.timestamp);
  const version = event.eventSequence;
  const templateId = parseAggregateId(event.aggregateId).id;
  if (event.eventType === 'TemplateUploaded') {
    const { name, description, tags, format, text, parameters, version: number } = event.eventData;
    const kept = details ?? { deprecatedAt: null, deprecationReason: null };
    return {
      version,
      details: { ...kept, templateId, newestVersion: number, version },
      newest: {
        templateId,
        number,
        name,
        description: description ?? null,
        tags: tags.join(' '),
        format,
        text,
        validity: 'unknown',
        parameters: toParametersText(parameters),
        problems: '[]',
        uploadedAt: at,
        uploadedBy: event.metadata.actor,
        validatedAt: null,
      },
    };
  }
  if (details === undefined || newest === undefined) {
    throw new Error(`${event.eventType} is the first event of ${event.aggregateId}.`);
  }
  const seen = { version, details: { ...details, version } };
  switch (event.eventType) {
    case 'TemplateValidated': {
      const { valid, problems } = event.eventData;
      const validity = valid ? 'valid' : 'invalid';
      return {
        ...seen,
        newest: { ...newest, validity, problems: toProblemsText(problems), validatedAt: at },
      };
    }
    case 'TemplateParametersChanged': {
      const parameters = toParametersText(event.eventData.parameters);
      const outcome = { validity: 'unknown', problems: '[]', validatedAt: null } as const;
      return { ...seen, newest: { ...newest, parameters, ...outcome } };
    }
    case 'TemplateDeprecated': {
      const deprecationReason = event.eventData.reason ?? null;
      return {
        version,
        details: { ...details, deprecatedAt: at, deprecationReason, version },
        newest,
      };
    }
  }
}

/** Members in one order, whatever order the event store has them in. */
function toParametersText(parameters: readonly TemplateParameter[]): string {
  return JSON.stringify(
    parameters.map(({ name, type, description, default: preset, allowed, secret }) => ({
      name,
      type,
      description,
      default: preset,
      allowed,
      secret,
    })),
  );
}

function toProblemsText(problems: readonly TemplateProblem[]): string {
  return JSON.stringify(
    problems.map(({ message, line, column, parameter }) => ({ message, line, column, parameter })),
  );
}
