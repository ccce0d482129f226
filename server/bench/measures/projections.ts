import { sql } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import { bankModule } from '#server/modules/bank/module.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { createJournalReader } from '#server/runtime/views/journal-reader.ts';
import { getProjectionLag } from '#server/runtime/views/lag.ts';
import { liveTablesOf } from '#server/runtime/views/postgres-view.ts';
import { createProjector } from '#server/runtime/views/projector.ts';
import type { BenchInstance } from '../bench-instance.ts';
import { compare } from '../compare.ts';
import type { Result } from '../result.ts';
import { fillJournal } from '../synthetic-journal.ts';
import { until } from '../until.ts';
import { type Stores, withStores } from '../with-stores.ts';

const TABLES = bankModule.views.flatMap((view) =>
  liveTablesOf(view).map((table) => getTableConfig(table).name),
);

/**
 * Events a second from a filled journal into the tables of all projections, by projectors of one
 * process. Against that, what those tables hold at the end is copied into them by COPY, one after
 * another, out of files beside the database: no client, no network and no text to make.
 */
export async function measureProjections(
  { env }: Pick<BenchInstance, 'env'>,
  { events = 50_000, accounts = 1_000, rounds = 3 } = {},
): Promise<Result> {
  return withStores(env, async ({ postgres, store }) => {
    const { db } = postgres;
    await fillJournal(db, { events, accounts });
    const directory = await getDataDirectory(db);
    const compared = await compare({
      amount: events,
      rounds,
      unit: 'events/s',
      playhead: async () => {
        await empty(db);
        return () => project(postgres, store);
      },
      bare: async () => {
        await forEachTable(db, (table) => sql.raw(`COPY ${table} TO '${directory}/${table}.copy'`));
        await empty(db);
        return () =>
          forEachTable(db, (table) => sql.raw(`COPY ${table} FROM '${directory}/${table}.copy'`));
      },
    });
    const [rate] = compared.figures;
    return {
      name: 'projections',
      title: 'All PostgreSQL projections, from the journal, against COPY of the same rows',
      ...compared,
      limits: [
        {
          label: '',
          value: rate?.median ?? Number.NaN,
          unit: 'events/s',
          bound: 'at least',
          limit: 25_000,
        },
      ],
    };
  });
}

async function project(postgres: Stores['postgres'], store: Stores['store']): Promise<void> {
  const logger = createLogger({ LOG_LEVEL: 'silent' }, 'bench');
  const journal = createJournalReader(postgres.db, store);
  const projectors = bankModule.views.map((projection) =>
    createProjector({ postgres, journal, projection, workerId: 'bench', logger }),
  );
  await until('the projections', async () => {
    const { projections } = await getProjectionLag(postgres.db, bankModule.views);
    return projections.every(({ eventsBehind }) => eventsBehind === 0);
  });
  await Promise.all(projectors.map((projector) => projector.stop()));
}

async function empty(db: Db): Promise<void> {
  await db.execute(sql.raw(`TRUNCATE projections, ${TABLES.join(', ')}`));
}

async function forEachTable(db: Db, toStatement: (table: string) => ReturnType<typeof sql.raw>) {
  for (const table of TABLES) {
    await db.execute(toStatement(table));
  }
}

/** Where the server itself may write files. */
async function getDataDirectory(db: Db): Promise<string> {
  const [row] = await db
    .select({ directory: sql<string>`current_setting('data_directory')` })
    .from(sql`(VALUES (1)) AS one (row)`);
  return row?.directory ?? '';
}
