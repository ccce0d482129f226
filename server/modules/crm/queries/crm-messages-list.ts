import { defineList } from '#server/runtime/queries/list.ts';
import { crmMessagesView } from '../views/crm-views.ts';

/** Every refused message. A search looks at every one: there are thousands of them, not millions. */
export const crmMessagesList = defineList(crmMessagesView, {
  searched: ['excerpt', 'reason', 'messageId'],
  facets: ['status'],
  sorts: ['refusedAt', 'reason'],
});
