import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEventCodec } from '#server/runtime/event-store/event-codec.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { ARCHIVE_SCHEMA, CANDIDATE_SCHEMA, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { loadCheckpoint } from '#server/runtime/views/checkpoint.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import { applyNext } from '#server/testing/apply-next.ts';
import { toDemoEvents } from '#server/testing/demo-events.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { FULL_REGISTRY } from '#server/testing/registry.ts';
import { diffRebuild } from './diff-rebuild.ts';
import { tableNamesOf } from './generation-tables.ts';
import { getRebuild } from './get-rebuilds.ts';
import { createRebuildRunner } from './rebuild-runner.ts';
import { requestRebuild } from './request-rebuild.ts';
import { rollbackProjection } from './rollback-projection.ts';
import { swapRebuild } from './swap-rebuild.ts';

const postgres = await createTestPostgres();
const { db, sql } = postgres;
const pool = createPostgres({ DATABASE_URL: postgres.url }, { application: 'rebuild', max: 4 });
const codec = createEventCodec(FULL_REGISTRY.aggregates);
const ingest = createIngest({
  db,
  store: { read: async () => [], getRawItem: async () => undefined },
});
const runner = createRebuildRunner({
  postgres: pool,
  projections: FULL_REGISTRY.views,
  logger: createLogger({ LOG_LEVEL: 'silent' }, 'test'),
  workerId: randomUUID(),
});

const events = toDemoEvents(FULL_REGISTRY).map(codec.encode);
/** Where a rebuild begins; the others arrive while it is ready. */
const half = Math.floor(events.length / 2);
const TIMEOUT = { timeout: 30_000, interval: 10 };
const ann = { actor: 'ann' };

afterAll(async () => {
  await runner.stop();
  await pool.close();
  await postgres.close();
});

/** Brings a projection to the journal's end, as its projector would. */
async function project(projection: PostgresView): Promise<void> {
  for (;;) {
    const checkpoint = await loadCheckpoint(db, projection);
    if ((await applyNext(db, projection, checkpoint, 1_000)) === checkpoint.position) {
      return;
    }
  }
}

const rowsOf = (projection: PostgresView, schema: string) =>
  Promise.all(
    tableNamesOf(projection).map((name) => {
      return sql.unsafe(`SELECT * FROM ${schema}.${name} ORDER BY 1, 2`);
    }),
  );

const rebuilds = new Map<string, number>();

/** The rebuild of a view that an earlier test has begun. */
function rebuildOf({ name }: PostgresView): number {
  const id = rebuilds.get(name);
  if (id === undefined) {
    throw new Error(`There is no rebuild of ${name}.`);
  }
  return id;
}

const TABLES = FULL_REGISTRY.views.flatMap(tableNamesOf);

/** What PostgreSQL says of the columns, constraints and indexes of tables that serve. */
const readShape = async () => [
  ...(await sql`
    SELECT conname AS name, pg_get_constraintdef(pg_constraint.oid) AS definition
    FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
    WHERE relnamespace = ${LIVE_SCHEMA}::regnamespace AND relname = ANY(${TABLES})
    UNION ALL
    SELECT indexname, replace(indexdef, ${`${LIVE_SCHEMA}.`}, '') FROM pg_indexes
    WHERE schemaname = ${LIVE_SCHEMA} AND tablename = ANY(${TABLES})
    UNION ALL
    SELECT relname || '.' || attname,
      concat_ws(' ', format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid))
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
      LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relnamespace = ${LIVE_SCHEMA}::regnamespace AND relname = ANY(${TABLES}) AND attnum > 0
      AND NOT attisdropped
    ORDER BY 1, 2
  `),
];

let shape: Awaited<ReturnType<typeof readShape>> = [];

beforeAll(async () => {
  shape = await readShape();
  await ingest(events.slice(0, half));
  for (const projection of FULL_REGISTRY.views) {
    await project(projection);
  }
});

/** Each test goes on from the one before. */
describe('of every view, whatever module registers it, a rebuild', () => {
  it.each(FULL_REGISTRY.views)(
    'of $name fills the same rows beside those that serve',
    async (projection) => {
      const { id } = await requestRebuild(db, projection, ann);
      rebuilds.set(projection.name, id);
      runner.wake();
      await expect.poll(async () => (await getRebuild(db, id)).status, TIMEOUT).toBe('ready');
      expect(await getRebuild(db, id)).toMatchObject({
        ...{ kind: 'rebuild', error: null, position: half, target: half },
      });
      expect(await rowsOf(projection, CANDIDATE_SCHEMA)).toEqual(
        await rowsOf(projection, LIVE_SCHEMA),
      );
    },
  );

  it('follows the journal, as the view that serves does', async () => {
    await ingest(events.slice(half));
    for (const projection of FULL_REGISTRY.views) {
      await project(projection);
      const id = rebuildOf(projection);
      await expect
        .poll(async () => (await getRebuild(db, id)).position, TIMEOUT)
        .toBe(events.length);
      const { tables } = await diffRebuild(db, projection);
      for (const { table, rowsInOld, ...difference } of tables) {
        expect(rowsInOld, `rows in ${table}`).toBeGreaterThan(0);
        const none = { onlyInOld: 0, onlyInNew: 0, differing: 0, sample: [] };
        expect(difference, table).toMatchObject({ rowsInNew: rowsInOld, ...none });
      }
    }
  });

  it.each(FULL_REGISTRY.views)('of $name is swapped in, and back again', async (projection) => {
    const rows = await rowsOf(projection, LIVE_SCHEMA);
    await swapRebuild(db, projection, ann);
    expect(await rowsOf(projection, LIVE_SCHEMA)).toEqual(rows);
    expect(await rowsOf(projection, ARCHIVE_SCHEMA)).toEqual(rows);
    await rollbackProjection(db, projection, ann);
    expect(await rowsOf(projection, LIVE_SCHEMA)).toEqual(rows);
    expect(await rowsOf(projection, ARCHIVE_SCHEMA)).toEqual(rows);
  });

  it('leaves tables that are the same in every respect', async () => {
    expect(shape.length).toBeGreaterThan(60);
    expect(await readShape()).toEqual(shape);
    const left = await sql`SELECT tablename FROM pg_tables WHERE schemaname = ${CANDIDATE_SCHEMA}`;
    expect([...left]).toEqual([]);
  });
});
