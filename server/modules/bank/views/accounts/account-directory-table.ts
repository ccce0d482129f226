import { sql } from 'drizzle-orm';
import { index, text } from 'drizzle-orm/pg-core';
import { bytewise, generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/**
 * What accounts are found and sorted by as far as it seldom changes, so that a movement of money
 * touches no index of names. Triggers on `accounts` keep it, whoever changes a row (see the migrations).
 */
export const accountDirectoryIn = generationTable((define) =>
  define(
    'account_directory',
    {
      accountId: bytewise('account_id').primaryKey(),
      currency: text('currency').notNull(),
      status: text('status').notNull(),
      owner: text('owner').notNull(),
      number: bytewise('number').notNull(),
      openedAt: timeColumn('opened_at').notNull(),
      /** Owner and number without case and accents, each on a line of its own behind a blank. */
      words: text('words').notNull(),
    },
    (table) => [
      index('account_directory_owner').on(
        table.currency,
        table.status,
        sql`${table.owner} COLLATE "und-x-icu"`,
        table.accountId,
      ),
      // With all that a search asks of a row, so that many can be looked through without the table.
      index('account_directory_owner_words').on(
        sql`${table.owner} COLLATE "und-x-icu"`,
        table.accountId,
        table.words,
        table.currency,
        table.status,
      ),
      index('account_directory_number').on(
        table.currency,
        table.status,
        table.number,
        table.accountId,
      ),
      index('account_directory_opened').on(
        table.currency,
        table.status,
        table.openedAt,
        table.accountId,
      ),
      // What begins so is a range of it; the index of three-letter pieces would have all that contain it.
      index('account_directory_beginning').on(sql`left(${table.words}, 100) text_pattern_ops`),
    ],
  ),
);

/** The generation that serves. */
export const accountDirectory = accountDirectoryIn(LIVE_SCHEMA);
