import { bindDatabase } from '#server/runtime/journal/bind-database.ts';
import { createTables } from '#server/runtime/platform/create-tables.ts';
import { createDynamo, isOnAws } from '#server/runtime/platform/dynamo.ts';
import type { Env } from '#server/runtime/platform/env.ts';
import { grantRoles, type ServingRoles } from '#server/runtime/platform/grant-roles.ts';
import { migrate } from '#server/runtime/platform/migrate.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import type { Registry } from '#server/runtime/registry.ts';

/**
 * Creates the DynamoDB tables that are missing, brings PostgreSQL's schemas up to date, and binds the
 * two to each other. Gives the roles of the processes, if they have their own, their rights. Throws what
 * `migrate`, `bindDatabase` and `grantRoles` throw.
 */
export async function prepareStores(
  env: Env,
  { hotViews }: Pick<Registry, 'hotViews'>,
  roles?: ServingRoles,
): Promise<void> {
  const dynamo = createDynamo(env);
  const postgres = createPostgres(env, { application: 'playhead-migrate', max: 2 });
  try {
    await Promise.all([
      createTables(dynamo.client, dynamo.tables, { hotViews, isAws: isOnAws(env) }),
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
