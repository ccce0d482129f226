import { customType, type PgTableFn, pgSchema } from 'drizzle-orm/pg-core';

/**
 * Playhead's own place in a database that others may use too. Every statement names it, so none
 * depends on a session's search_path, and none meets another program's table of the same name.
 */
export const LIVE_SCHEMA = 'playhead';

/** Where a rebuild's tables are until the swap. */
export const CANDIDATE_SCHEMA = 'playhead_candidate';

/** Where the tables of the generation before are, for as long as they are kept. */
export const ARCHIVE_SCHEMA = 'playhead_archive';

/** The schemas of projections and of what goes with them. */
export const SCHEMAS = [LIVE_SCHEMA, CANDIDATE_SCHEMA, ARCHIVE_SCHEMA] as const;

/** Who may sign in, and who is signed in: no rebuild and no worker touches it. */
export const IDENTITY_SCHEMA = 'playhead_identity';

/** Every schema that Playhead uses. */
export const ALL_SCHEMAS = [...SCHEMAS, IDENTITY_SCHEMA] as const;

/** A place of a generation's tables. */
export type SchemaName = (typeof SCHEMAS)[number];

/** Defines a table of which there is one. */
export const playheadTable: PgTableFn<typeof LIVE_SCHEMA> = pgSchema(LIVE_SCHEMA).table;

/** Defines a table about who may sign in. */
export const identityTable: PgTableFn<typeof IDENTITY_SCHEMA> = pgSchema(IDENTITY_SCHEMA).table;

/** Defines a table of a projection: the same one in each schema that a generation can be in. */
export function generationTable<Table>(
  define: (table: PgTableFn<SchemaName>) => Table,
): (schema: SchemaName) => Table {
  const defined = {
    [LIVE_SCHEMA]: define(pgSchema<SchemaName>(LIVE_SCHEMA).table),
    [CANDIDATE_SCHEMA]: define(pgSchema<SchemaName>(CANDIDATE_SCHEMA).table),
    [ARCHIVE_SCHEMA]: define(pgSchema<SchemaName>(ARCHIVE_SCHEMA).table),
  };
  return (schema) => defined[schema];
}

/** Text that is compared byte by byte, as DynamoDB does, whatever the database's collation is. */
export const bytewise = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });
