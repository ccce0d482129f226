import { bindDatabase } from '#server/journal/bind-database.ts';
import { createTables } from '#server/platform/create-tables.ts';
import { createDynamo } from '#server/platform/dynamo.ts';
import type { Env } from '#server/platform/env.ts';
import { migrate } from '#server/platform/migrate.ts';
import { createPostgres } from '#server/platform/postgres.ts';

/**
 * Creates the DynamoDB tables that are missing, brings PostgreSQL's schemas up to date, and binds the
 * two to each other. Throws what `migrate` and `bindDatabase` throw.
 */
export async function prepareStores(env: Env): Promise<void> {
  const dynamo = createDynamo(env);
  const postgres = createPostgres(env, { application: 'playhead-migrate', max: 2 });
  try {
    await Promise.all([createTables(dynamo.client, dynamo.tables), migrate(postgres.db)]);
    await bindDatabase({ dynamo, db: postgres.db });
  } finally {
    dynamo.close();
    await postgres.close();
  }
}
