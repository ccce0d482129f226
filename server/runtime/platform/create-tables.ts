import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  ResourceNotFoundException,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { PlayheadError } from '#lib/playhead-error.ts';
import { ensureTableSettings } from './ensure-table-settings.ts';
import type { TableNames } from './table-names.ts';
import { type HotTable, type TableSpec, toCreateTable, toTableSpecs } from './table-specs.ts';

const ACTIVE_TIMEOUT_MS = 60_000;
const LOOK_INTERVAL_MS = 500;

type TableOptions = {
  /** The hot views that have tables of their own. */
  readonly hotViews?: readonly HotTable[];
  /** On AWS: backups and deletion protection, which other engines do not know. */
  readonly isAws?: boolean;
};

/**
 * Creates the tables that are missing, waits until all can be used, and makes every setting of each
 * what it has to be, whoever created it: a start that was cut off leaves none half made. Throws
 * NOT_CONFIGURED where a table is another one than it should be.
 */
export async function createTables(
  client: DynamoDBClient,
  tables: TableNames,
  { hotViews = [], isAws = false }: TableOptions = {},
): Promise<void> {
  await Promise.all(
    toTableSpecs(tables, hotViews).map(async (spec) => {
      const isProtected = isAws && spec.isTruth === true;
      await create(client, spec, isProtected);
      const untilActive = () => waitUntilActive(client, spec.name);
      await ensureTableSettings(client, spec, { isProtected, untilActive });
    }),
  );
}

/** The names of Playhead's tables that are not there; creates none. */
export async function findMissingTables(
  client: DynamoDBClient,
  tables: TableNames,
  hotViews: readonly HotTable[],
): Promise<string[]> {
  const found = await Promise.all(
    toTableSpecs(tables, hotViews).map(async ({ name }) => ({
      name,
      isThere: (await describeTable(client, name)) !== undefined,
    })),
  );
  return found.filter(({ isThere }) => !isThere).map(({ name }) => name);
}

async function create(client: DynamoDBClient, spec: TableSpec, isProtected: boolean) {
  if ((await describeTable(client, spec.name)) !== undefined) {
    return;
  }
  try {
    await client.send(new CreateTableCommand(toCreateTable(spec, isProtected)));
  } catch (error) {
    // Another process may be creating it at this moment.
    if (!(error instanceof ResourceInUseException)) {
      throw error;
    }
  }
}

async function waitUntilActive(client: DynamoDBClient, name: string): Promise<TableDescription> {
  const deadline = performance.now() + ACTIVE_TIMEOUT_MS;
  for (;;) {
    const table = await describeTable(client, name);
    if (table?.TableStatus === 'ACTIVE') {
      return table;
    }
    if (performance.now() > deadline) {
      throw new PlayheadError(
        'DYNAMODB_UNAVAILABLE',
        `The table ${name} did not become active within a minute. Start again when it is.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MS));
  }
}

async function describeTable(client: DynamoDBClient, name: string) {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    return Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) {
      return undefined;
    }
    throw error;
  }
}
