import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { LIVE_SCHEMA } from './schemas.ts';

/** A step from one shape of the database to the next. */
export type Migration = {
  readonly tag: string;
  /** SHA-256 of its text. */
  readonly hash: string;
  readonly statements: readonly string[];
};

/** The names of tables in a schema, each with the names of its columns. */
export type TableShapes = ReadonlyMap<string, readonly string[]>;

const journalSchema = z.object({ entries: z.array(z.object({ tag: z.string() })) });

const snapshotSchema = z.object({
  tables: z.record(
    z.string(),
    z.object({
      name: z.string(),
      /** Empty in the first migrations, whose tables are in the session's schema. */
      schema: z.string(),
      columns: z.record(z.string(), z.object({ name: z.string() })),
    }),
  ),
});

/** Every migration of this program, in their order. */
export async function readMigrations(): Promise<Migration[]> {
  const { entries } = journalSchema.parse(JSON.parse(await read('meta/_journal.json')));
  return Promise.all(
    entries.map(async ({ tag }) => {
      const text = await read(`${tag}.sql`);
      return {
        tag,
        hash: createHash('sha256').update(text).digest('hex'),
        statements: text.split('--> statement-breakpoint'),
      };
    }),
  );
}

/** What there is after a migration in a schema; in the live one where none is named. */
export async function readTableShapes(
  { tag }: Pick<Migration, 'tag'>,
  schema: string = LIVE_SCHEMA,
): Promise<TableShapes> {
  const file = `meta/${tag.split('_')[0]}_snapshot.json`;
  const { tables } = snapshotSchema.parse(JSON.parse(await read(file)));
  return new Map(
    Object.values(tables)
      .filter((table) => (table.schema || LIVE_SCHEMA) === schema)
      .map(({ name, columns }) => [name, Object.values(columns).map((column) => column.name)]),
  );
}

function read(file: string): Promise<string> {
  return readFile(new URL(`../../migrations/${file}`, import.meta.url), 'utf8');
}
