import { sql } from 'drizzle-orm';
import { boolean, index, integer, text } from 'drizzle-orm/pg-core';
import { bytewise, generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';
import { canonicalJson } from './canonical-json.ts';

/** Records of one kind, each normalised by the kind's mapping. */
function entitiesTable<Name extends string>(name: Name) {
  return generationTable((define) =>
    define(
      name,
      {
        recordId: bytewise('record_id').primaryKey(),
        /** What people call it by; its id where it has no name. */
        title: text('title').notNull(),
        /** By the names of the mapping; what filters look at. */
        values: canonicalJson('values').notNull(),
        /** By the names of the mapping, why a field has no value. */
        errors: canonicalJson('errors').notNull(),
        problems: integer('problems').notNull(),
        isDeleted: boolean('is_deleted').notNull(),
        needsReading: boolean('needs_reading').notNull(),
        /** Of the newest change, by Salesforce's clock. */
        changedAt: timeColumn('changed_at').notNull(),
        /** All texts of the values, each on a line of its own behind a blank. Searches have indexes of them (see the migrations). */
        words: text('words').notNull(),
        /** JSON of the state, to go on from. */
        state: text('state').notNull(),
        /** The record's event sequence that this row holds. */
        version: integer('version').notNull(),
      },
      (table) => [
        index(`${name}_title`).on(sql`${table.title} COLLATE "und-x-icu"`, table.recordId),
        index(`${name}_changed`).on(table.changedAt, table.recordId),
        index(`${name}_values`).using('gin', sql`${table.values} jsonb_path_ops`),
        index(`${name}_attention`)
          .on(table.recordId)
          .where(sql`${table.problems} > 0 OR ${table.needsReading}`),
      ],
    ),
  );
}

export const crmClientsIn = entitiesTable('crm_clients');
export const crmContractsIn = entitiesTable('crm_contracts');
export const crmDealsIn = entitiesTable('crm_deals');
export const crmContactsIn = entitiesTable('crm_contacts');

/** The generations that serve. */
export const crmClients = crmClientsIn(LIVE_SCHEMA);
export const crmContracts = crmContractsIn(LIVE_SCHEMA);
export const crmDeals = crmDealsIn(LIVE_SCHEMA);
export const crmContacts = crmContactsIn(LIVE_SCHEMA);
