import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#server/runtime/platform/postgres.ts';

const statementSchema = z.tuple([z.object({ statement: z.string() })]);

/**
 * Creates PostgreSQL roles that may log in, or gives those that are there these passwords, and makes the
 * role of `db` a member of each, as `grantRoles` wants it. Throws PostgreSQL's errors.
 */
export async function prepareRoles(
  db: Db,
  roles: readonly { readonly name: string; readonly password: string }[],
): Promise<void> {
  for (const { name, password } of roles) {
    const found = await db.execute(sql`SELECT FROM pg_catalog.pg_roles WHERE rolname = ${name}`);
    const verb = found.length === 0 ? 'CREATE' : 'ALTER';
    // Neither statement takes parameters: PostgreSQL itself quotes what is put into them.
    const rows = await db.execute(sql`
      SELECT format('%s ROLE %I LOGIN PASSWORD %L', ${verb}::text, ${name}::text, ${password}::text)
        AS statement
    `);
    const [{ statement }] = statementSchema.parse([...rows]);
    await db.execute(sql.raw(statement));
    await db.execute(sql`GRANT ${sql.identifier(name)} TO CURRENT_USER`);
  }
}
