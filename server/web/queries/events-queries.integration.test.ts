import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventDetailSchema, eventsPageSchema, searchSchema } from '#lib/contracts/queries.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { deposit } from '#server/commands/deposit.ts';
import { openAccount } from '#server/commands/open-account.ts';
import { transfer } from '#server/commands/transfer.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { parseQuery } from '../parse-query.ts';
import { getEventDetail } from './event-detail.ts';
import { eventsQuerySchema, getEventsPage } from './events-page.ts';
import { search, searchQuerySchema } from './search.ts';

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
  return eventsPageSchema.parse(await getEventsPage(bank.postgres.db, query));
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
    expect((await getPage({ accountId: 'EV-3', actor: 'importer' })).total).toBe(1);
    await expect(getPage({ accountId: '%%' })).rejects.toMatchObject({
      code: 'ACCOUNT_NOT_FOUND',
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

describe('an event', () => {
  const getDetail = async (eventId: string, store = bank.store) =>
    eventDetailSchema.parse(await getEventDetail(bank.postgres.db, store, eventId));

  it('comes with its raw item and its neighbours in the account', async () => {
    const { items } = await getPage({ accountId: 'EV-7' });
    const [last, middle, first] = items;
    const detail = await getDetail(middle?.eventId ?? '');
    expect(detail.event).toEqual(middle);
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
  });

  it('still shows what the journal has while DynamoDB is down', async () => {
    const [event] = (await getPage({ limit: '1' })).items;
    const down = new PlayheadError('DYNAMODB_UNAVAILABLE', 'DynamoDB does not answer.');
    const store = { ...bank.store, getRawItem: () => Promise.reject(down) };
    const detail = await getDetail(event?.eventId ?? '', store);
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
      await search(bank.postgres.db, parseQuery(searchQuerySchema, new URLSearchParams({ q }))),
    );

  it('finds accounts by owner and number, those that begin so first, and at most eight', async () => {
    const { accounts, events } = await find('ev');
    expect(accounts).toHaveLength(8);
    expect(accounts[0]?.owner).toBe('Ev-il 10');
    expect(events).toEqual([]);
    expect((await find('owner 3')).accounts).toEqual([
      { accountId: 'EV-3', owner: 'Owner 3', currency: 'EUR' },
    ]);
  });

  it('finds events by the beginning of their id, and nothing for nothing', async () => {
    const [event] = (await getPage({ accountId: 'EV-5', limit: '1' })).items;
    const eventId = event?.eventId ?? '';
    expect((await find(eventId.slice(0, -1))).events).toContainEqual({
      eventId,
      eventType: 'MoneyDeposited',
      accountId: 'EV-5',
    });
    expect((await find(eventId.slice(1))).events).toEqual([]);
    expect(await find('%')).toEqual({ accounts: [], events: [] });
    expect(await find('')).toEqual({ accounts: [], events: [] });
  });
});
