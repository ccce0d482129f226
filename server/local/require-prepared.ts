import { PlayheadError } from '#lib/playhead-error.ts';
import { checkBinding } from '#server/runtime/journal/bind-database.ts';
import { findMissingTables } from '#server/runtime/platform/create-tables.ts';
import { createDynamo } from '#server/runtime/platform/dynamo.ts';
import type { Env } from '#server/runtime/platform/env.ts';
import { requireMigrated } from '#server/runtime/platform/migrate.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import type { Registry } from '#server/runtime/registry.ts';

/**
 * Checks that both databases are as `prepareStores` leaves them, and changes nothing. Throws
 * NOT_CONFIGURED when tables are missing, what `requireMigrated` throws, and STORE_MISMATCH.
 */
export async function requirePrepared(
  env: Env,
  { hotViews }: Pick<Registry, 'hotViews'>,
): Promise<void> {
  const dynamo = createDynamo(env);
  const postgres = createPostgres(env, { application: 'playhead-check', max: 1 });
  try {
    const missing = await findMissingTables(dynamo.client, dynamo.tables, hotViews);
    if (missing.length > 0) {
      throw new PlayheadError(
        'NOT_CONFIGURED',
        `DynamoDB has no table ${missing.join(', ')}, and nothing was created. Check ` +
          'DYNAMODB_ENDPOINT, AWS_REGION and TABLE_PREFIX; npm start creates the tables.',
      );
    }
    await requireMigrated(postgres.db);
    await checkBinding({ dynamo, db: postgres.db });
  } finally {
    dynamo.close();
    await postgres.close();
  }
}
