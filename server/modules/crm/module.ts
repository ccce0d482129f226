import type { Module } from '#server/runtime/module.ts';
import { recordMessages } from './commands/record-messages.ts';
import { recordReadings } from './commands/record-readings.ts';
import { settleMessage } from './commands/settle-message.ts';
import { takeMessages } from './commands/take-messages.ts';
import { planDemoCrm } from './demo/plan-demo-crm.ts';
import { CRM_REJECTIONS } from './domain/crm-rejections.ts';
import { messageAggregate } from './domain/message-aggregate.ts';
import { RECORD_AGGREGATES } from './domain/record-aggregate.ts';
import { backfillCommand } from './ops/backfill/backfill-command.ts';
import { importMessagesCommand } from './ops/import-command.ts';
import { crmMessagesList } from './queries/crm-messages-list.ts';
import { CRM_RESOURCES } from './queries/crm-resources.ts';
import { searchRecords } from './queries/search-records.ts';
import { crmPublished } from './views/crm-published.ts';
import { crmEntityViews, crmMessagesView } from './views/crm-views.ts';

/** Records of a CRM, kept as the change events that Salesforce sends, and normalised. */
export const crmModule: Module = {
  name: 'crm',
  aggregates: [...RECORD_AGGREGATES.values(), messageAggregate],
  commands: [recordMessages, recordReadings, settleMessage],
  views: [...crmEntityViews.map(({ view }) => view), crmMessagesView],
  hotViews: [],
  lists: [crmMessagesList],
  resources: CRM_RESOURCES,
  search: searchRecords,
  rejections: CRM_REJECTIONS,
  demo: planDemoCrm,
  entities: crmPublished,
  takeMessages,
  ops: [importMessagesCommand, backfillCommand],
};
