import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import {
  cratesView,
  createCrateTables,
  emptied,
  packed,
  toCrateHistory,
} from '#server/testing/crates.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { applyEvents } from './postgres-view.ts';

const { db, sql, close } = await createTestPostgres();

beforeAll(() => createCrateTables(sql));
beforeEach(() => sql`TRUNCATE crates, crate_things, crate_log`);
afterAll(close);

const history = toCrateHistory('C1', [packed('cup'), packed('jug'), emptied, packed('pan')]);
const other = toCrateHistory('C2', [packed('hat')]);

/** Applies these events in one batch. */
const apply = (events: typeof history) =>
  db.transaction((tx) =>
    applyEvents(
      tx,
      cratesView,
      events.map((event, index) => ({ ...event, position: index + 1 })),
      LIVE_SCHEMA,
    ),
  );
const things = async (crateId = 'C1') =>
  (await sql`SELECT thing FROM crate_things WHERE crate_id = ${crateId} ORDER BY place`).map(
    ({ thing }) => thing,
  );
const log = async () =>
  (await sql`SELECT what FROM crate_log WHERE crate_id = 'C1' ORDER BY sequence`).map(
    ({ what }) => what,
  );

describe('a table whose rows are replaced', () => {
  it('holds all rows of what its aggregate is now, and no others', async () => {
    await apply([...history.slice(0, 2), ...other]);
    expect(await things()).toEqual(['cup', 'jug']);
    await apply(history.slice(2, 3));
    expect(await things()).toEqual([]);
    await apply(history.slice(3));
    expect(await things()).toEqual(['pan']);
    expect(await things('C2')).toEqual(['hat']);
  });

  it('comes to the same in one batch', async () => {
    await apply([...history, ...other]);
    expect(await things()).toEqual(['pan']);
    expect(await things('C2')).toEqual(['hat']);
  });

  it('keeps its rows when events come again, alone and beside new ones', async () => {
    await apply(history.slice(0, 2));
    await apply(history.slice(0, 2));
    expect(await things()).toEqual(['cup', 'jug']);
    await apply([...history.slice(0, 2), ...other]);
    expect(await things()).toEqual(['cup', 'jug']);
    expect(await things('C2')).toEqual(['hat']);
  });
});

it('writes the tables of other sorts beside it', async () => {
  await apply(history.slice(0, 3));
  await apply(history);
  expect(await log()).toEqual(['Packed', 'Packed', 'Emptied', 'Packed']);
  expect(await sql`SELECT * FROM crates`).toEqual([{ crate_id: 'C1', things: 'pan', version: 4 }]);
});

it('leaves everything as it is at a gap', async () => {
  await apply(history.slice(0, 1));
  await expect(apply([...other, ...history.slice(2)])).rejects.toMatchObject({
    code: 'SEQUENCE_GAP',
  });
  expect(await things()).toEqual(['cup']);
  expect(await things('C2')).toEqual([]);
});
