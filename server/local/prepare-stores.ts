import { bindDatabase } from '#server/journal/bind-database.ts';
import { createTables } from '#server/platform/create-tables.ts';
import { createDynamo, isOnAws } from '#server/platform/dynamo.ts';
import type { Env } from '#server/platform/env.ts';
import { grantRoles, type ServingRoles } from '#server/platform/grant-roles.ts';
import { migrate } from '#server/platform/migrate.ts';
import { createPostgres } from '#server/platform/postgres.ts';

/**
 * Creates the DynamoDB tables that are missing, brings PostgreSQL's schemas up to date, and binds the
 * two to each other. Gives the roles of the processes, if they have their own, their rights. Throws what
 * `migrate`, `bindDatabase` and `grantRoles` throw.
 */
export async function prepareStores(env: Env, roles?: ServingRoles): Promise<void> {
  const dynamo = createDynamo(env);
  const postgres = createPostgres(env, { application: 'playhead-migrate', max: 2 });
  try {
    await Promise.all([
      createTables(dynamo.client, dynamo.tables, { isAws: isOnAws(env) }),
      migrate(postgres.db),
    ]);
    await bindDatabase({ dynamo, db: postgres.db });
    if (roles !== undefined) {
      await grantRoles(postgres.db, roles);
    }
  } finally {
    dynamo.close();
    await postgres.close();
  }
}
