import {
  IconAddressBook,
  IconArrowsExchange,
  IconBuilding,
  IconCheck,
  IconCoin,
  IconDownload,
  IconFileText,
  IconMailOff,
  IconUser,
} from '@tabler/icons-react';
import type {
  AggregateWords,
  ConsoleModule,
  EventLook,
} from '#components/console/console-module.ts';
import { settleMessageSchema } from '#lib/modules/crm/commands.ts';
import { CRM_ENTITIES } from '#lib/modules/crm/entities.ts';
import { toCrmEventSentence } from '#lib/modules/crm/event-sentence.ts';
import { RECORD_PARTS } from './record-parts.tsx';

const ICONS = {
  Account: IconBuilding,
  Contract: IconFileText,
  Opportunity: IconCoin,
  Contact: IconUser,
} as const;

/** Records of the CRM, in words. */
export const crmConsole: ConsoleModule = {
  name: 'crm',
  pages: [{ href: '/crm/clients', label: 'CRM', icon: IconAddressBook, keys: 'g r' }],
  aggregates: {
    ...Object.fromEntries(
      CRM_ENTITIES.map(({ aggregateType, noun, plural, entityName }): [string, AggregateWords] => [
        aggregateType,
        {
          noun,
          icon: ICONS[entityName],
          toHref: (id) => `/crm/${plural}/${encodeURIComponent(id)}`,
          toStateParts: () => RECORD_PARTS,
        },
      ]),
    ),
    'crm-message': {
      noun: 'message',
      icon: IconMailOff,
      commands: [
        {
          type: 'SettleCrmMessage',
          label: 'Settle',
          schema: settleMessageSchema,
          idField: 'messageId',
        },
      ],
    },
  },
  looks: {
    ...Object.fromEntries(
      CRM_ENTITIES.flatMap(({ entityName }): [string, EventLook][] => [
        [`Crm${entityName}Changed`, { icon: IconArrowsExchange, tone: 'accent' }],
        [`Crm${entityName}Read`, { icon: IconDownload, tone: 'neutral' }],
      ]),
    ),
    CrmMessageRefused: { icon: IconMailOff, tone: 'warn' },
    CrmMessageSettled: { icon: IconCheck, tone: 'good' },
  },
  toSentence: toCrmEventSentence,
  views: {
    ...Object.fromEntries(
      CRM_ENTITIES.map(({ viewName, plural, entityName }) => [
        viewName,
        {
          label: `CRM ${plural}`,
          purpose: `Every ${entityName} of the CRM, normalised by its mapping.`,
        },
      ]),
    ),
    'crm-messages': {
      label: 'CRM messages refused',
      purpose: 'Every message that is no change that can be kept.',
    },
  },
  actions: [{ label: 'Add change events', href: '/crm/clients?command=RecordCrmMessages' }],
};
