import { CRM_ENTITIES, type EntityName } from '#lib/modules/crm/entities.ts';
import type { FieldMapping } from '#lib/modules/crm/field-mapping.ts';
import { MAPPINGS } from '#lib/modules/crm/mappings.ts';
import { defineRowView } from '#server/runtime/views/row-view.ts';
import { messageAggregate } from '../domain/message-aggregate.ts';
import { recordAggregateOf } from '../domain/record-aggregate.ts';
import { crmClientsIn, crmContactsIn, crmContractsIn, crmDealsIn } from './crm-entities-table.ts';
import { crmMessagesIn } from './crm-messages-table.ts';
import { evolveEntityRow } from './entity-row.ts';

const TABLES = {
  Account: crmClientsIn,
  Contract: crmContractsIn,
  Opportunity: crmDealsIn,
  Contact: crmContactsIn,
} as const satisfies Record<EntityName, unknown>;

/** How much of a message stands in a list. */
const EXCERPT_LENGTH = 200;

/** The tables of all kinds are alike but for their names. */
export function tableOf(entityName: EntityName): typeof crmClientsIn {
  return TABLES[entityName] as typeof crmClientsIn;
}

/** The view of a kind of record by a mapping, whose version is the view's. */
export function defineEntityView(
  { entityName, aggregateType, viewName }: (typeof CRM_ENTITIES)[number],
  mapping: FieldMapping,
) {
  return defineRowView({
    name: viewName,
    version: mapping.version,
    aggregate: recordAggregateOf(aggregateType),
    table: tableOf(entityName),
    evolve: (row, event, recordId) => evolveEntityRow(mapping, row, event, recordId),
  });
}

/** A view of each kind of record: a changed mapping is rebuilt as changed code is. */
export const crmEntityViews = CRM_ENTITIES.map((entity) => ({
  entityName: entity.entityName,
  view: defineEntityView(entity, MAPPINGS[entity.entityName]),
}));

/** Every message that could not be kept as a change, and which of them still need attention. */
export const crmMessagesView = defineRowView({
  name: 'crm-messages',
  version: 1,
  aggregate: messageAggregate,
  table: crmMessagesIn,
  evolve: (row, { eventType, eventData, timestamp, eventSequence: version }, messageId) => {
    if (eventType === 'CrmMessageRefused') {
      const { message, reason, source } = eventData;
      const excerpt = toExcerpt(message);
      const refusedAt = new Date(timestamp);
      return { messageId, status: 'refused' as const, reason, source, excerpt, refusedAt, version };
    }
    if (row === undefined) {
      throw new Error(`${eventType} is the first event of the message ${messageId}.`);
    }
    return { ...row, status: 'settled' as const, reason: eventData.reason, version };
  },
});

/** One line, as PostgreSQL can hold it. */
function toExcerpt(message: string): string {
  return message
    .slice(0, EXCERPT_LENGTH)
    .toWellFormed()
    .replace(/\p{C}+/gu, ' ');
}
