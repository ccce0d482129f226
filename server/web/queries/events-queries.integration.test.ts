import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import { eventDetailSchema, eventsPageSchema, searchSchema } from '#lib/contracts/queries.ts';
import { CURRENCY_CODES } from '#lib/currencies.ts';
import { toDecimal } from '#lib/money.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { fillJournal } from '#server/bench/synthetic-journal.ts';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { transfer } from '#server/modules/bank/commands/transfer.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { repairJournal } from '#server/runtime/journal/repair-journal.ts';
import { parseQuery } from '#server/runtime/queries/parse-query.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { createTestPostgres, type TestPostgres } from '#server/testing/engines.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { walkPages } from '#server/testing/walk-pages.ts';
import { toWebError } from '../to-web-error.ts';
import { getEventDetail } from './event-detail.ts';
import { getEventsPage } from './events-page.ts';
import { eventsQuerySchema } from './events-query.ts';
import { search, searchQuerySchema } from './search.ts';
import { getVolume } from './volume.ts';

let bank: TestBank;

/** 12 openings by an importer, then per account two deposits, then 4 transfers: 12 + 24 + 8 events. */
const TOTAL = 44;

beforeAll(async () => {
  bank = await createTestBank();
  for (let index = 0; index < 12; index += 1) {
    const number = `EV-${index}`;
    const currency = 'EUR';
    const owner = index < 10 ? `Owner ${index}` : `Ev-il ${index}`;
    await bank.run(openAccount, { number, owner, currency }, 'importer');
    const description = index === 3 ? '100%_match "quoted"' : 'Salary';
    await bank.run(deposit, { accountId: number, amount: '10', currency, description });
    await bank.run(deposit, { accountId: number, amount: '5', currency, description });
  }
  for (let index = 0; index < 4; index += 1) {
    const [fromAccountId, toAccountId] = [`EV-${index}`, `EV-${index + 1}`];
    await bank.run(transfer, { fromAccountId, toAccountId, amount: '1', currency: 'EUR' });
  }
  await bank.settle();
});

afterAll(() => bank.close());

async function getPage(params: Record<string, string> | string[][] = {}) {
  const query = parseQuery(eventsQuerySchema, new URLSearchParams(params));
  return eventsPageSchema.parse(await getEventsPage(bank.postgres.db, bank.store, query));
}

describe('the global feed', () => {
  it('pages from the head to the first event, each once', async () => {
    const positions: (number | null)[] = [];
    let cursor = '';
    do {
      const page = await getPage({ limit: '9', cursor });
      expect(page).toMatchObject({ total: TOTAL, head: TOTAL });
      positions.push(...page.items.map(({ position }) => position));
      cursor = page.nextCursor ?? '';
    } while (cursor !== '');
    expect(positions).toEqual(Array.from({ length: TOTAL }, (_, index) => TOTAL - index));
  });

  it.each<Record<string, string>>([
    {},
    { type: 'MoneyDeposited' },
    { actor: 'importer' },
    { aggregateId: 'account#EV-1' },
    { q: 'salary' },
  ])('is the same walked backwards, with %j', async (params) => {
    const { forwards, backwards } = await walkPages((cursor) =>
      getPage({ limit: '4', ...params, cursor }),
    );
    expect(forwards.length).toBeGreaterThan(4);
    expect(backwards).toEqual(forwards);
  });

  it('narrows to when events arrived, with any other filter, page by page', async () => {
    const { sql } = bank.postgres;
    const minutes = await sql`select minute, last_position::int as last from journal_minutes`;
    await sql`delete from journal_minutes`;
    await sql`insert into journal_minutes values
      ('2026-01-01T10:00:00Z', 10), ('2026-01-01T10:01:00Z', 30), ('2026-01-02T09:00:00Z', ${TOTAL})`;
    const span = { from: '2026-01-01T10:01:00Z', to: '2026-01-01T10:02:30.000Z' };
    const first = await getPage({ ...span, limit: '12' });
    expect(first).toMatchObject({ total: 20, atLeast: false });
    const rest = await getPage({ ...span, limit: '12', cursor: first.nextCursor ?? '' });
    const positions = [...first.items, ...rest.items].map(({ position }) => position);
    expect(positions).toEqual(Array.from({ length: 20 }, (_, index) => 30 - index));
    const narrowed: Record<string, string>[] = [
      { actor: 'importer' },
      { type: 'MoneyDeposited' },
      { q: 'salary' },
      { aggregateId: 'account#EV-4' },
    ];
    for (const filter of narrowed) {
      const all = await getPage({ ...filter, limit: '200' });
      const found = await getPage({ ...filter, ...span, limit: '200' });
      const within = all.items.filter(
        ({ position }) => 10 < (position ?? 0) && (position ?? 0) <= 30,
      );
      expect(found.items).toEqual(within);
      expect(found.total).toBe(within.length);
    }
    const volume = await getVolume(
      { db: bank.postgres.db, now: () => new Date() },
      { from: Date.parse('2026-01-01T09:55Z'), to: Date.parse('2026-01-01T10:05Z') },
    );
    expect(volume.arrivals.map(({ events }) => events).filter(Boolean)).toEqual([10, 20]);
    await sql`delete from journal_minutes`;
    for (const { minute, last } of minutes) {
      await sql`insert into journal_minutes values (${minute}, ${last})`;
    }
  });

  it('does not lose or double a row when events arrive while somebody pages', async () => {
    const first = await getPage({ limit: '10', accountId: 'EV-11' });
    expect(first.total).toBe(3);
    const half = await getPage({ limit: '2', accountId: 'EV-11' });
    await bank.run(deposit, { accountId: 'EV-11', amount: '1', currency: 'EUR' }, 'late');
    await bank.settle();
    const rest = await getPage({
      limit: '2',
      accountId: 'EV-11',
      cursor: half.nextCursor ?? '',
    });
    expect([...half.items, ...rest.items]).toEqual(first.items);
  });

  it('counts facets over the filter without their own dimension', async () => {
    const page = await getPage({ type: 'MoneyDeposited', actor: 'tester' });
    expect(page.total).toBe(24);
    expect(page.facets).toEqual({
      aggregateType: [{ value: 'account', count: 32 }],
      eventType: [
        { value: 'MoneyDeposited', count: 24 },
        { value: 'TransferReceived', count: 4 },
        { value: 'TransferSent', count: 4 },
      ],
      actor: [
        { value: 'tester', count: 24 },
        { value: 'late', count: 1 },
      ],
    });
  });

  it('filters by what an event belongs to', async () => {
    const bothTypes = [
      ['type', 'TransferSent'],
      ['type', 'TransferReceived'],
    ];
    const transfers = await getPage(bothTypes);
    expect(transfers.total).toBe(8);
    const [first] = transfers.items;
    const legs = await getPage({ correlationId: first?.correlationId ?? '' });
    expect(legs.items.map(({ eventType }) => eventType).sort()).toEqual([
      'TransferReceived',
      'TransferSent',
    ]);
    expect((await getPage({ accountId: 'ev - 3' })).total).toBe(5);
    expect((await getPage({ aggregateId: 'account#ev - 3' })).total).toBe(5);
    expect((await getPage({ aggregateId: 'ship#EV-3' })).total).toBe(0);
    expect((await getPage({ accountId: 'EV-3', actor: 'importer' })).total).toBe(1);
    await expect(getPage({ accountId: '%%' })).rejects.toMatchObject({
      code: 'AGGREGATE_NOT_FOUND',
    });
  });

  it('searches ids, accounts and payloads, wildcards taken as they are', async () => {
    expect((await getPage({ q: '100%_MATCH' })).total).toBe(2);
    expect((await getPage({ q: '%' })).total).toBe(2);
    expect((await getPage({ q: 'EV-10' })).total).toBe(3);
    const [newest] = (await getPage({ limit: '1' })).items;
    expect((await getPage({ q: newest?.eventId ?? '' })).items).toEqual([newest]);
    expect((await getPage({ q: 'no such thing' })).items).toEqual([]);
  });

  it('refuses the cursor of another list', async () => {
    const cursor = Buffer.from('{"sequence":4}').toString('base64url');
    await expect(getPage({ cursor })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('what is counted', () => {
  const counted = async () => {
    const { sql } = bank.postgres;
    const kept =
      await sql`SELECT event_type, actor, events::int AS events FROM playhead.journal_counts
      WHERE events <> 0 ORDER BY 1, 2`;
    const rows = await sql`SELECT event_type, metadata ->> 'actor' AS actor, count(*)::int AS events
      FROM playhead.journal GROUP BY 1, 2 ORDER BY 1, 2`;
    return { kept, rows };
  };

  it('is what the rows say, whoever changes them, and a change undone counts for nothing', async () => {
    const { sql, db } = bank.postgres;
    const before = await counted();
    expect(before.kept).toEqual(before.rows);
    await expect(
      db.transaction(async (tx) => {
        await tx.execute('DELETE FROM playhead.journal');
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await counted()).toEqual(before);
    await sql`CREATE TABLE playhead.kept_rows AS TABLE playhead.journal`;
    await sql`UPDATE playhead.journal SET event_type = 'Unheard', metadata = metadata || '{"actor":"x"}' WHERE position % 3 = 0`;
    await sql`DELETE FROM playhead.journal WHERE position % 5 = 0`;
    const altered = await counted();
    expect(altered.kept).toEqual(altered.rows);
    expect(altered.rows).not.toEqual(before.rows);
    expect((await getPage({ limit: '1' })).total).toBe(
      altered.rows.reduce((sum, row) => sum + Number(row.events), 0),
    );
    await sql`TRUNCATE playhead.journal`;
    expect((await counted()).kept).toEqual([]);
    await sql`INSERT INTO playhead.journal SELECT * FROM playhead.kept_rows`;
    await sql`DROP TABLE playhead.kept_rows`;
    expect(await counted()).toEqual(before);
  });

  it('repairs and repeated deliveries leave the counts right', async () => {
    const { sql } = bank.postgres;
    const before = await counted();
    await sql`DELETE FROM playhead.journal WHERE aggregate_id = 'account#EV-8' AND event_sequence = 2`;
    await sql`UPDATE playhead.journal SET event_type = 'Unheard' WHERE aggregate_id = 'account#EV-9' AND event_sequence = 2`;
    const ingest = createIngest({ db: bank.postgres.db, store: bank.store });
    for (const aggregateId of ['account#EV-8', 'account#EV-9']) {
      await ingest(await bank.store.read(aggregateId));
      await repairJournal({ db: bank.postgres.db, store: bank.store }, aggregateId);
    }
    expect(await counted()).toEqual(before);
  });
});

describe('searching events', () => {
  beforeAll(async () => {
    const open = (number: string, owner: string, currency: string) =>
      bank.run(openAccount, { number, owner, currency }, 'searcher');
    await open('FIND-1', 'Antonín Dvořák', 'CZK');
    await open('FIND-2', 'Jonas Weber-Straße', 'JPY');
    await bank.run(
      deposit,
      { accountId: 'FIND-1', amount: '1250.48', currency: 'CZK' },
      'searcher',
    );
    await bank.run(deposit, { accountId: 'FIND-2', amount: '777', currency: 'JPY' }, 'searcher');
    await bank.settle();
  });

  const found = async (q: string, more: Record<string, string> = {}) =>
    (await getPage({ q, ...more })).items
      .filter(({ aggregateId }) => aggregateId.startsWith('account#FIND'))
      .map(
        ({ aggregateId, eventSequence }) => `${parseAggregateId(aggregateId).id} ${eventSequence}`,
      )
      .sort();

  it.each([
    ['dvorak', ['FIND-1 1']],
    ['DVOŘÁK antonin', ['FIND-1 1']],
    ['weber jonas', ['FIND-2 1']],
    ['strasse', ['FIND-2 1']],
    ['vora', ['FIND-1 1']],
    ['1250.48', ['FIND-1 2']],
    ['1,250.48', ['FIND-1 2']],
    ['+1,250.48 CZK', ['FIND-1 2']],
    ['777', ['FIND-2 2']],
    ['find-2', ['FIND-2 1', 'FIND-2 2']],
    ['dvorak weber', []],
    ['fi', ['FIND-1 1', 'FIND-1 2', 'FIND-2 1', 'FIND-2 2']],
  ])('finds %j', async (q, expected) => {
    expect(await found(q)).toEqual(expected);
  });

  it('within a type and an actor, by the index and without it, in pages', async () => {
    const narrow = { type: 'MoneyDeposited', actor: 'searcher' };
    expect(await found('find', narrow)).toEqual(['FIND-1 2', 'FIND-2 2']);
    const first = await getPage({ q: 'find', limit: '3' });
    const rest = await getPage({ q: 'find', limit: '3', cursor: first.nextCursor ?? '' });
    expect(first).toMatchObject({ total: 4, atLeast: false, note: null });
    expect(rest.items).toHaveLength(1);
    const { db, sql } = bank.postgres;
    await sql`DROP INDEX playhead.journal_search`;
    const scanned = await getPage({ q: 'find' });
    expect(scanned.note).toMatch(/pg_trgm/);
    expect(scanned.items).toEqual([...first.items, ...rest.items]);
    await db.execute('SELECT playhead.build_search_indexes()');
    expect((await getPage({ q: 'find' })).note).toBeNull();
  });

  it('writes amounts as every currency writes them', async () => {
    const { sql } = bank.postgres;
    for (const currency of CURRENCY_CODES) {
      const [row] = await sql<{ text: string }[]>`SELECT playhead.event_text('account#A',
        jsonb_build_object('amount', '1', 'currency', ${currency}::text)) AS text`;
      expect(row?.text.split(' ')).toContain(toDecimal(1n, currency));
    }
  });
});

describe('in a long journal', () => {
  const EVENTS = 320_000;
  let long: TestPostgres;

  beforeAll(async () => {
    long = await createTestPostgres();
    await fillJournal(long.db, { events: EVENTS, accounts: 2_000 });
    await long.sql`UPDATE playhead.journal SET event_data = event_data || '{"description":"Old needle"}'
      WHERE position BETWEEN 5000 AND 9999`;
    await long.sql`UPDATE playhead.journal SET event_data = event_data || '{"description":"Rare thing"}'
      WHERE position IN (17, 4711, 311000)`;
  }, 120_000);
  afterAll(() => long.close());

  const page = async (params: Record<string, string>) =>
    eventsPageSchema.parse(
      await getEventsPage(
        long.db,
        bank.store,
        parseQuery(eventsQuerySchema, new URLSearchParams(params)),
      ),
    );
  const positions = async (params: Record<string, string>) =>
    (await page({ limit: '3', ...params })).items.map(({ position }) => position);

  it('what is frequent, rare, or long ago comes newest first', async () => {
    expect(await positions({ q: 'card' })).toEqual([EVENTS, EVENTS - 1, EVENTS - 2]);
    expect(await positions({ q: 'rare' })).toEqual([311_000, 4_711, 17]);
    expect(await positions({ q: 'needle' })).toEqual([9_999, 9_998, 9_997]);
    const second = await page({ q: 'needle', limit: '3' });
    expect(await positions({ q: 'needle', cursor: second.nextCursor ?? '' })).toEqual([
      9_996, 9_995, 9_994,
    ]);
  });

  it('is what a plain reading of every text finds, on each page', async () => {
    await long.sql`UPDATE playhead.journal SET event_data = event_data || '{"description":"Card payment zebra 7"}'
      WHERE position % 900 = 41`;
    await long.sql`CREATE TABLE texts AS SELECT position, event_type, metadata ->> 'actor' AS actor,
      playhead.fold_text(playhead.event_text(aggregate_id, event_data)) AS text FROM playhead.journal`;
    for (const [q, type] of [
      ['zebra'],
      ['card zebra'],
      ['zebra card 7 payment'],
      ['card zebra', 'MoneyDeposited'],
      // The newest that match leave a page of the one type, and none of the other.
      ['needle', 'MoneyDeposited'],
      ['needle', 'AccountOpened'],
      ['card thing'],
      ['card 471', 'MoneyWithdrawn'],
      ['old 4711'],
      ['4711'],
      ['471'],
    ] as const) {
      const params: Record<string, string> = type === undefined ? { q } : { q, type };
      const matches = q.split(' ').map((t) => `text LIKE '%${t.length < 3 ? ` ${t}` : t}%'`);
      const where = [...matches, type === undefined ? 'true' : `event_type = '${type}'`];
      const expected = await long.sql.unsafe(
        `SELECT position::float8 AS position FROM texts WHERE ${where.join(' AND ')}
         ORDER BY position DESC`,
      );
      const all = expected.map(({ position }) => position);
      const first = await page({ limit: '40', ...params });
      expect(first.items.map(({ position }) => position)).toEqual(all.slice(0, 40));
      expect(first.atLeast ? first.total <= all.length : first.total === all.length).toBe(true);
      const cursor = first.nextCursor;
      if (cursor !== null) {
        expect(await positions({ ...params, limit: '40', cursor })).toEqual(all.slice(40, 80));
      }
      expect(cursor === null).toBe(all.length <= 40);
    }
  });

  it('has the same pages before one that is far behind', async () => {
    const read = (cursor: string | null | undefined) =>
      page({ q: 'needle', limit: '200', cursor: cursor ?? '' });
    const pages = [await read('')];
    while (pages.length < 4) {
      pages.push(await read(pages.at(-1)?.nextCursor));
    }
    const third = await read(pages[3]?.previousCursor);
    expect(third.items).toEqual(pages[2]?.items);
    expect((await read(third.previousCursor)).items).toEqual(pages[1]?.items);
  });

  it('counts up to a bound, and says so', async () => {
    expect(await page({ q: 'needle' })).toMatchObject({ total: 500, atLeast: true });
    expect(await page({ q: 'rare' })).toMatchObject({ total: 3, atLeast: false });
    expect(await page({})).toMatchObject({ total: EVENTS, atLeast: false });
  });
});

describe('an event', () => {
  const getDetail = async (eventId: string, changes: object = {}) =>
    eventDetailSchema.parse(
      await getEventDetail(
        {
          ...bank,
          db: bank.postgres.db,
          commandRetentionDays: 90,
          now: () => new Date(),
          ...changes,
        },
        eventId,
      ),
    );

  it('comes with its raw item and its neighbours in the account', async () => {
    const { items } = await getPage({ accountId: 'EV-7' });
    const [last, middle, first] = items;
    const detail = await getDetail(middle?.eventId ?? '');
    expect(detail.event).toEqual(middle);
    expect(detail.origin).toBe('recorded');
    expect(detail.previousEventId).toBe(first?.eventId);
    expect(detail.nextEventId).toBe(last?.eventId);
    expect(detail.rawItem).toMatchObject({
      aggregateId: 'account#EV-7',
      eventSequence: 2,
      eventData: { amount: '1000', currency: 'EUR' },
    });
    expect(await getDetail(first?.eventId ?? '')).toMatchObject({ previousEventId: null });
    expect(await getDetail(last?.eventId ?? '')).toMatchObject({ nextEventId: null });
  });

  it('is not found when the journal does not have it', async () => {
    await expect(getDetail('nothing')).rejects.toMatchObject({ code: 'EVENT_NOT_FOUND' });
    const refused = await getDetail('no\0thing').catch(toWebError);
    expect(refused).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('still shows what the journal has while DynamoDB is down', async () => {
    const [event] = (await getPage({ limit: '1' })).items;
    const down = new PlayheadError('DYNAMODB_UNAVAILABLE', 'DynamoDB does not answer.');
    const store = { ...bank.store, getRawItem: () => Promise.reject(down) };
    const detail = await getDetail(event?.eventId ?? '', { store });
    expect(detail).toMatchObject({ event, rawItem: null });
  });

  it('that this program cannot read is shown as it is stored', async () => {
    const [event] = (await getPage({ limit: '1' })).items;
    const { sql } = bank.postgres;
    const position = event?.position ?? 0;
    await sql`update journal set event_type = 'Unheard', event_data = '{"odd":1}' where position = ${position}`;
    const [shown] = (await getPage({ limit: '1' })).items;
    expect(shown).toMatchObject({ eventType: 'Unheard', eventData: { odd: 1 } });
  });
});

describe('the palette’s search', () => {
  const find = async (q: string) =>
    searchSchema.parse(
      await search(
        bank.postgres.db,
        TEST_REGISTRY,
        parseQuery(searchQuerySchema, new URLSearchParams({ q })),
      ),
    );

  it('finds accounts by owner and number, those that begin so first, and at most eight', async () => {
    const { aggregates, events } = await find('ev');
    expect(aggregates).toHaveLength(8);
    expect(aggregates[0]?.title).toBe('Ev-il 10');
    expect(events).toEqual([]);
    expect((await find('owner 3')).aggregates).toEqual([
      { aggregateId: 'account#EV-3', title: 'Owner 3', detail: 'EV-3 · EUR' },
    ]);
  });

  it('finds events by the beginning of their id, and nothing for nothing', async () => {
    const [event] = (await getPage({ accountId: 'EV-5', limit: '1' })).items;
    const eventId = event?.eventId ?? '';
    expect((await find(eventId.slice(0, -1))).events).toContainEqual({
      eventId,
      eventType: 'MoneyDeposited',
      aggregateId: 'account#EV-5',
    });
    expect((await find(eventId.slice(1))).events).toEqual([]);
    expect(await find('%')).toEqual({ aggregates: [], events: [] });
    expect(await find('')).toEqual({ aggregates: [], events: [] });
  });
});
