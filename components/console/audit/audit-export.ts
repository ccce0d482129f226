import type { Exported } from '#components/console/list/export-list.ts';
import { type AuditEntry, auditPageSchema } from '#lib/contracts/audit.ts';

/** The record of operators' actions as a file. */
export const AUDIT_EXPORT: Exported<AuditEntry> = {
  title: 'Audit',
  path: '/api/audit',
  schema: auditPageSchema,
  columns: [
    { header: 'When', toText: ({ at }) => at },
    { header: 'Who', toText: ({ actor }) => actor },
    { header: 'From', toText: ({ origin }) => origin ?? '' },
    { header: 'What', toText: ({ action }) => action },
    { header: 'Done to', toText: ({ subject }) => subject },
    { header: 'Why', toText: ({ reason }) => reason ?? '' },
    { header: 'Status', toText: ({ status }) => status },
    { header: 'Effect', toText: ({ effect }) => JSON.stringify(effect) },
  ],
};
