import { CRM_ENTITIES } from '#lib/modules/crm/entities.ts';
import { applyMapping, type FieldMapping } from '#lib/modules/crm/field-mapping.ts';
import { MAPPINGS } from '#lib/modules/crm/mappings.ts';
import type { PublishedEntity } from '#server/runtime/webhooks/published-entity.ts';
import { recordAggregateOf } from '../domain/record-aggregate.ts';
import type { RecordState } from '../domain/record-state.ts';
import { toMappable } from './entity-row.ts';

/** A kind of record as others are sent it: normalised by a mapping, whose version it has. */
export function defineCrmEntity(
  { aggregateType, noun }: (typeof CRM_ENTITIES)[number],
  mapping: FieldMapping,
): PublishedEntity<RecordState> {
  return {
    aggregate: recordAggregateOf(aggregateType),
    type: `playhead.crm.${noun}.changed`,
    version: mapping.version,
    toContent: (state, recordId) => applyMapping(mapping, toMappable(state, recordId)),
  };
}

/** Every kind of record, as webhooks can send it. */
export const crmPublished = CRM_ENTITIES.map((entity) =>
  defineCrmEntity(entity, MAPPINGS[entity.entityName]),
);
