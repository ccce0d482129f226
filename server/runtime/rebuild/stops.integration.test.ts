import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { transactionsView } from '#server/modules/bank/views/transactions/transactions-view.ts';
import { skipProjected } from '#server/runtime/dead-letters/retry-projected.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { CANDIDATE_SCHEMA, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { createJournalReader } from '#server/runtime/views/journal-reader.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import { createProjector } from '#server/runtime/views/projector.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { TEST_CODEC, toStoredEvent } from '#server/testing/event-codec.ts';
import { diffRebuild } from './diff-rebuild.ts';
import { discardRebuild } from './end-rebuild.ts';
import { getRebuild } from './get-rebuilds.ts';
import { createRebuildRunner } from './rebuild-runner.ts';
import { requestRebuild } from './request-rebuild.ts';
import { rollbackProjection } from './rollback-projection.ts';
import { swapRebuild } from './swap-rebuild.ts';

const postgres = await createTestPostgres();
const { db, sql } = postgres;
const pool = createPostgres({ DATABASE_URL: postgres.url }, { application: 'rebuild', max: 4 });
const logger = createLogger({ LOG_LEVEL: 'silent' }, 'test');
const store = { read: async () => [], getRawItem: async () => undefined };
const ingest = createIngest({ db, store });
const ann = { actor: 'ann', reason: 'tested' };
const TIMEOUT = { timeout: 30_000, interval: 10 };

beforeEach(async () => {
  await sql`DROP TABLE IF EXISTS playhead_candidate.transactions, playhead_archive.transactions`;
  await sql`TRUNCATE journal, journal_aggregates, journal_head, dead_letters, operator_actions,
    rebuilds, projections, transactions`;
  await sql`ALTER TABLE transactions DROP CONSTRAINT IF EXISTS no_fifth_of_b`;
});

afterAll(async () => {
  await pool.close();
  await postgres.close();
});

/** The events of three accounts in turn: the fifth of account B is at position 14. */
function inTurns(length: number, change = (event: StoredEvent) => event): StoredEvent[] {
  const histories = ['A', 'B', 'C'].map((id) => toSimpleHistory(id, length).map(toStoredEvent));
  return Array.from({ length }, (_, turn) => histories.flatMap((history) => history[turn] ?? []))
    .flat()
    .map((event) => (isFifthOfB(event) ? change(event) : event));
}

const isFifthOfB = (event: { aggregateId: string; eventSequence: number }) =>
  event.aggregateId === 'account#B' && event.eventSequence === 5;

/** A handler that cannot take the fifth event of B. */
const broken: typeof transactionsView = {
  ...transactionsView,
  fold: (held, events, id) => {
    if (events.some(isFifthOfB)) {
      throw new Error('The handler has a bug.');
    }
    return transactionsView.fold(held, events, id);
  },
};

/** Runs the projector until the tables hold what they can of the journal. */
async function project(projection: PostgresView, position: number) {
  const projector = createProjector({
    postgres,
    journal: createJournalReader(postgres.db, TEST_CODEC),
    projection,
    workerId: randomUUID(),
    logger,
  });
  await expect
    .poll(async () => (await sql`SELECT position::int FROM projections`)[0]?.position, TIMEOUT)
    .toBe(position);
  await projector.stop();
}

/** Requests a rebuild, and runs it until it is `status`. */
async function run(projection: PostgresView, status: 'ready' | 'failed') {
  const { id } = await requestRebuild(db, projection, ann);
  const workerId = randomUUID();
  const runner = createRebuildRunner({
    postgres: pool,
    projections: [projection],
    logger,
    workerId,
  });
  await expect.poll(async () => (await getRebuild(db, id)).status, TIMEOUT).toBe(status);
  await runner.stop();
  return getRebuild(db, id);
}

const countsIn = async (schema: string) => {
  const rows = await sql.unsafe(
    `SELECT account_id, count(*)::int AS count FROM ${schema}.transactions GROUP BY 1 ORDER BY 1`,
  );
  return rows.map((row) => `${row.account_id}: ${row.count}`).join(', ');
};

describe('a rebuild stops at the very event', () => {
  it.each<[string, string, () => Promise<PostgresView>]>([
    [
      'that nobody can read',
      'its type is unknown to this program',
      async () => {
        await ingest(inTurns(10, (event) => ({ ...event, eventType: 'MoneyPrinted' })));
        return transactionsView;
      },
    ],
    [
      'at which the handler throws',
      'The handler has a bug.',
      async () => {
        await ingest(inTurns(10));
        return broken;
      },
    ],
    [
      'whose row violates a constraint',
      'violates check constraint "no_fifth_of_b"',
      async () => {
        await sql`ALTER TABLE transactions
          ADD CONSTRAINT no_fifth_of_b CHECK (account_id <> 'B' OR sequence <> 5)`;
        await ingest(inTurns(10));
        return transactionsView;
      },
    ],
  ])('%s', async (_, sentence, prepare) => {
    const projection = await prepare();
    await sql`INSERT INTO projections (name, version, position) VALUES ('transactions', 1, 30)`;
    const rebuild = await run(projection, 'failed');
    expect(rebuild.position).toBe(13);
    expect(rebuild.error?.event).toMatchObject({
      position: 14,
      aggregateId: 'account#B',
      eventSequence: 5,
    });
    expect(rebuild.error?.message).toMatch(
      /^The rebuild of transactions stopped at position 14, event account#B\/5 /,
    );
    expect(rebuild.error?.message).toContain(sentence);
    expect(await countsIn(CANDIDATE_SCHEMA)).toBe('A: 4, B: 3, C: 3');
    expect(await countsIn(LIVE_SCHEMA)).toBe('');
    await expect(swapRebuild(db, projection, ann)).rejects.toThrow('is not being rebuilt');
  });

  it('and can be begun anew, or discarded', async () => {
    await ingest(inTurns(10));
    await sql`INSERT INTO projections (name, version, position) VALUES ('transactions', 1, 30)`;
    const failed = await run(broken, 'failed');
    await run(transactionsView, 'ready');
    expect((await getRebuild(db, failed.id)).status).toBe('discarded');
    expect(await countsIn(CANDIDATE_SCHEMA)).toBe('A: 9, B: 9, C: 9');
    await discardRebuild(db, transactionsView, ann);
    await run(broken, 'failed');
    await discardRebuild(db, transactionsView, ann);
    await expect(countsIn(CANDIDATE_SCHEMA)).rejects.toThrow('does not exist');
  });

  it('unless it was skipped, by whatever generation', async () => {
    await ingest(inTurns(10, (event) => ({ ...event, eventType: 'MoneyPrinted' })));
    await project(transactionsView, 30);
    expect(await countsIn(LIVE_SCHEMA)).toBe('A: 9, B: 3, C: 9');
    await skip();
    expect(await countsIn(LIVE_SCHEMA)).toBe('A: 9, B: 8, C: 9');
    await run(transactionsView, 'ready');
    expect((await diffRebuild(db, transactionsView)).tables).toMatchObject([
      { rowsInOld: 26, rowsInNew: 26, differing: 0 },
    ]);
    await swapRebuild(db, transactionsView, ann);
  });
});

const skip = () =>
  skipProjected(
    db,
    transactionsView,
    { projection: 'transactions', aggregateId: 'account#B', eventSequence: 5 },
    ann,
  );

const dead = async () =>
  (
    await sql`SELECT projection, aggregate_id, event_sequence FROM dead_letters ORDER BY 1, 2, 3`
  ).map((row) => `${row.projection} ${row.aggregate_id}/${row.event_sequence}`);

describe('dead letters', () => {
  it('are settled by a new generation, and come back with the old one', async () => {
    await ingest(inTurns(10));
    await project(broken, 30);
    expect(await countsIn(LIVE_SCHEMA)).toBe('A: 9, B: 3, C: 9');
    expect(await dead()).toEqual(['transactions account#B/5']);

    await run(transactionsView, 'ready');
    expect((await diffRebuild(db, transactionsView)).tables).toMatchObject([
      { rowsInOld: 21, rowsInNew: 27, onlyInNew: 6, onlyInOld: 0, differing: 0 },
    ]);
    await swapRebuild(db, transactionsView, ann);
    expect(await countsIn(LIVE_SCHEMA)).toBe('A: 9, B: 9, C: 9');
    expect(await dead()).toEqual(['transactions@previous account#B/5']);

    await ingest(inTurns(20));
    await project(transactionsView, 60);
    await rollbackProjection(db, transactionsView, ann);
    expect(await countsIn(LIVE_SCHEMA)).toBe('A: 19, B: 3, C: 19');
    expect(await dead()).toEqual(['transactions account#B/5']);
    await skip();
    expect(await countsIn(LIVE_SCHEMA)).toBe('A: 19, B: 18, C: 19');

    await expect(rollbackProjection(db, transactionsView, ann)).rejects.toThrow(
      'An event was skipped in transactions since',
    );
  });

  it('that are skipped while a rebuild is under way make it begin anew', async () => {
    await ingest(inTurns(10));
    await project(broken, 30);
    await run(transactionsView, 'ready');
    await skip();
    await expect(swapRebuild(db, transactionsView, ann)).rejects.toThrow(
      'An event was skipped in transactions since',
    );
    await discardRebuild(db, transactionsView, ann);
    await run(transactionsView, 'ready');
    await swapRebuild(db, transactionsView, ann);
    expect(await countsIn(LIVE_SCHEMA)).toBe('A: 9, B: 8, C: 9');
  });
});
