import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RecordedEvent } from '#server/runtime/event-store/recorded-event.ts';
import { LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { applyEvents } from '#server/runtime/views/postgres-view.ts';
import {
  crateAggregate,
  cratesView,
  createCrateTables,
  emptied,
  packed,
  toCrateHistory,
  toText,
} from '#server/testing/crates.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { checkPostgresView } from './check-postgres-view.ts';
import { createReport } from './difference.ts';
import { readViewRows } from './read-view-rows.ts';
import type { ViewOracle } from './view-oracle.ts';

const { db, sql, close } = await createTestPostgres();

/** Two pages of three events each. */
const history = toCrateHistory('C1', [
  packed('cup'),
  packed('jug'),
  emptied,
  packed('pan'),
  packed('pot'),
  packed('lid'),
]);
const PAGE = 3;

beforeAll(() => createCrateTables(sql));
beforeEach(async () => {
  await sql`TRUNCATE crates, crate_things, crate_log`;
  await apply(history.slice(0, 5));
});
afterAll(close);

const apply = (events: typeof history) =>
  db.transaction((tx) =>
    applyEvents(
      tx,
      cratesView,
      events.map((event) => ({ ...event, position: event.eventSequence })),
      LIVE_SCHEMA,
    ),
  );

/** What is found of the crate, whose view must have come to the event `required`. */
async function check(events: readonly RecordedEvent[], required = 5, oracle?: ViewOracle) {
  const rows = await readViewRows(db, cratesView, 'C1');
  const { report, result } = createReport();
  const checked = { db, view: cratesView, aggregate: crateAggregate, oracle, id: 'C1', rows };
  const viewCheck = checkPostgresView(checked, required, report);
  for (let start = 0; start < events.length; start += PAGE) {
    const page = events.slice(start, start + PAGE);
    for (const event of page) {
      const { eventSequence } = event;
      viewCheck.observe({ eventSequence, event, source: toSource(event) });
    }
    await viewCheck.endPage?.({ from: start + 1, to: start + page.length });
  }
  viewCheck.finish();
  return result();
}

const toSource = (event: RecordedEvent) => ({ ...event, eventData: { ...event.eventData } });

it('finds nothing where every table is what the events say', async () => {
  expect(await check(history.slice(0, 5))).toEqual({ found: [], count: 0, isBehind: false });
});

describe('finds', () => {
  it.each([
    [
      'a row that was tampered with, in a table of an upsert',
      `UPDATE crates SET things = 'pan X'`,
      { field: 'things', expected: 'pan pot', actual: 'pan X' },
    ],
    [
      'a row that was tampered with, in a table that is replaced',
      `UPDATE crate_things SET thing = 'X' WHERE place = 1`,
      { field: '1/thing', expected: 'pot', actual: 'X' },
    ],
    [
      'a missing row in a table that is replaced',
      `DELETE FROM crate_things WHERE place = 0`,
      { field: '0', expected: 'a row', actual: null },
    ],
    [
      'a surplus row in a table that is replaced',
      `INSERT INTO crate_things VALUES ('C1', 7, 'X')`,
      { field: '7', expected: null, actual: 'a row' },
    ],
    [
      'a row that was tampered with, in a table that is appended to',
      `UPDATE crate_log SET what = 'X' WHERE sequence = 2`,
      { field: '2/what', expected: 'Packed', actual: 'X' },
    ],
    [
      'a missing row in a table that is appended to',
      `DELETE FROM crate_log WHERE sequence = 5`,
      { field: '5', expected: 'a row', actual: null },
    ],
  ])('%s', async (_, statement, difference) => {
    await sql.unsafe(statement);
    expect(await check(history.slice(0, 5))).toEqual({
      found: [difference],
      count: 1,
      isBehind: false,
    });
  });

  it('a surplus row in a table that is appended to, where an event has left none', async () => {
    const silent = {
      ...cratesView,
      fold: (...given: Parameters<typeof cratesView.fold>) => {
        const { held, rows } = cratesView.fold(...given);
        const [crates = [], things = [], log = []] = rows;
        return { held, rows: [crates, things, log.filter(({ what }) => what !== 'Emptied')] };
      },
    };
    const rows = await readViewRows(db, silent, 'C1');
    const { report, result } = createReport();
    const checked = { db, view: silent, aggregate: crateAggregate, oracle: undefined };
    const viewCheck = checkPostgresView({ ...checked, id: 'C1', rows }, 5, report);
    for (const event of history.slice(0, 5)) {
      const { eventSequence } = event;
      viewCheck.observe({ eventSequence, event, source: toSource(event) });
    }
    await viewCheck.endPage?.({ from: 1, to: 5 });
    viewCheck.finish();
    expect(result().found).toEqual([{ field: '3', expected: null, actual: 'a row' }]);
  });

  it('a crate without any row', async () => {
    await sql`TRUNCATE crates, crate_things, crate_log`;
    expect((await check(history.slice(0, 5))).found).toContainEqual({
      field: 'version',
      expected: '5',
      actual: null,
    });
  });

  it('a view that is behind, and says nothing of what has not come yet', async () => {
    expect(await check(history, 6)).toEqual({
      found: [{ field: 'version', expected: '6', actual: '5' }],
      count: 1,
      isBehind: true,
    });
    expect(await check(history, 5)).toMatchObject({ count: 0 });
  });

  it('what an oracle says otherwise, in the first table', async () => {
    const oracle: ViewOracle<{ readonly things: readonly string[] }> = {
      view: 'crates',
      toRow: ({ things }, version) => ({ things: toText(things.toReversed()), version }),
    };
    const { found } = await check(history.slice(0, 5), 5, oracle);
    expect(found).toEqual([{ field: 'things', expected: 'pot pan', actual: 'pan pot' }]);
  });
});
