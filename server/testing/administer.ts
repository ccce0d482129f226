import { openSql } from './sql.ts';

/** Runs one statement on a connection of its own. */
export async function administer(databaseUrl: string, statement: string): Promise<void> {
  const sql = openSql(databaseUrl, { max: 1 });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}
