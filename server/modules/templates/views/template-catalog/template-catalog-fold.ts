import { parseAggregateId } from '#lib/aggregate-id.ts';
import { type FollowingEvent, isNext } from '#server/runtime/views/is-next.ts';
import type { TemplateEvent } from '../../domain/template-events.ts';
import type { templateCatalog } from './template-catalog-table.ts';

export type TemplateCatalogRow = typeof templateCatalog.$inferSelect;

/**
 * A template's row after more of its events, in their order. Events that the row holds already change
 * nothing: the same object comes back. Throws SEQUENCE_GAP at a gap. Pure.
 */
export function foldCatalogEntry(
  held: TemplateCatalogRow | undefined,
  events: readonly FollowingEvent<TemplateEvent>[],
): TemplateCatalogRow | undefined {
  return events.reduce(
    (row, event) => (isNext(row?.version ?? 0, event) ? evolveRow(row, event) : row),
    held,
  );
}

/** The tags of a row. */
export function toTags({ tags }: Pick<TemplateCatalogRow, 'tags'>): string[] {
  return tags === '' ? [] : tags.split(' ');
}

function evolveRow(
  row: TemplateCatalogRow | undefined,
  event: FollowingEvent<TemplateEvent>,
): TemplateCatalogRow {
  const at = new Date(event.timestamp);
  const seen = { changedAt: at, version: event.eventSequence };
  if (event.eventType === 'TemplateUploaded') {
    const { name, description, tags, format, version, parameters } = event.eventData;
    return {
      templateId: parseAggregateId(event.aggregateId).id,
      name,
      description: description ?? null,
      tags: tags.join(' '),
      format,
      state: 'unvalidated',
      newestVersion: version,
      parameters: parameters.length,
      problems: 0,
      createdAt: row?.createdAt ?? at,
      ...seen,
    };
  }
  if (row === undefined) {
    throw new Error(`${event.eventType} is the first event of ${event.aggregateId}.`);
  }
  switch (event.eventType) {
    case 'TemplateValidated': {
      const { valid, problems } = event.eventData;
      return { ...row, state: valid ? 'valid' : 'invalid', problems: problems.length, ...seen };
    }
    case 'TemplateParametersChanged': {
      const { length: parameters } = event.eventData.parameters;
      return { ...row, state: 'unvalidated', parameters, problems: 0, ...seen };
    }
    case 'TemplateDeprecated':
      return { ...row, state: 'deprecated', ...seen };
  }
}
