import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { toSyntheticEvents } from '#server/bench/synthetic-events.ts';
import { transactionsView } from '#server/modules/bank/views/transactions/transactions-view.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { readJournal } from '#server/runtime/journal/read-journal.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { diffRebuild } from '#server/runtime/rebuild/diff-rebuild.ts';
import { discardRebuild } from '#server/runtime/rebuild/end-rebuild.ts';
import { swapRebuild } from '#server/runtime/rebuild/swap-rebuild.ts';
import { loadCheckpoint } from '#server/runtime/views/checkpoint.ts';
import { applyNext } from '#server/testing/apply-next.ts';
import { startBusDouble } from '#server/testing/bus-double.ts';
import { EMPTY_STORE } from '#server/testing/empty-store.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { type BusMessage, toBusMessage } from './bus-message.ts';
import { createBusPublisher } from './bus-publisher.ts';
import { createBus } from './create-bus.ts';
import { handleMessages } from './handle-messages.ts';
import { createReplayRunner } from './replay-runner.ts';
import { requestReplay } from './request-replay.ts';

const TIMEOUT = { timeout: 40_000, interval: 20 };
const ACCOUNTS = 5;
const QUEUE = 'by-hand';
const ann = { actor: 'ann', reason: 'Ticket 7' };

const postgres = await createTestPostgres();
const { db, sql } = postgres;
const double = await startBusDouble();
const found = createBus({
  PLAYHEAD_BUS_ENDPOINT: double.url,
  PLAYHEAD_BUS_REGION: undefined,
  AWS_REGION: 'us-east-1',
  TABLE_PREFIX: 'a.test-',
});
if (found === undefined) {
  throw new Error('There is no bus.');
}
const bus = found;
const ingest = createIngest({ db, store: EMPTY_STORE });
const logger = createLogger({ LOG_LEVEL: 'silent' }, 'test');
const running: { readonly stop: () => Promise<void> }[] = [];

beforeEach(async () => {
  await bus.createQueue(QUEUE, 1);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((part) => part.stop()));
  await bus.removeQueue(QUEUE);
  await sql`TRUNCATE journal, journal_aggregates, journal_head, transactions, dead_letters, projections,
    rebuilds, bus_replays, bus_progress, bus_publisher`;
});
afterAll(async () => {
  bus.close();
  await double.close();
  await postgres.close();
});

/** A replay that this test handles itself. */
async function beginByHand() {
  const { id } = await requestReplay(db, transactionsView, ann);
  await sql`UPDATE rebuilds SET worker = 'me' WHERE id = ${id}`;
  const replay = {
    db,
    projection: transactionsView,
    rebuild: id,
    workerId: 'me',
    route: 'replay',
  } as const;
  const handle = async () => {
    const { signal } = new AbortController();
    const messages = await bus.receive(QUEUE, { waitSeconds: 0, signal });
    return handleMessages(replay, bus, QUEUE, messages);
  };
  return { replay, handle };
}

async function fill(events: number): Promise<BusMessage[]> {
  await ingest(toSyntheticEvents({ from: 0, to: events }, ACCOUNTS));
  return (await readJournal(db, { after: 0, limit: events })).map(toBusMessage);
}

const send = (...messages: BusMessage[]) => bus.send(QUEUE, messages);
/** The message of an event of the first account. */
function pick(messages: readonly BusMessage[], sequence: number): BusMessage {
  const found = messages[(sequence - 1) * ACCOUNTS];
  if (found === undefined) {
    throw new Error(`There is no event ${sequence}.`);
  }
  return found;
}
/** The sequences of the first account's rows in the generation that the bus fills. */
const rows = async () =>
  (
    await sql`SELECT sequence FROM playhead_candidate.transactions WHERE account_id = 'S00000000'
      ORDER BY sequence`
  ).map(({ sequence }) => sequence);
const figures = async () =>
  (await sql`SELECT replayed::int, live::int, duplicates::int FROM bus_replays`)[0];
const left = () => bus.readDepth(QUEUE);

it('lets what is behind a gap come again until the event before it has come', async () => {
  const { handle } = await beginByHand();
  const messages = await fill(20);
  await send(pick(messages, 1));
  await handle();
  await send({ ...pick(messages, 3), groupId: 'other' });
  expect(await handle()).toBe('Event 3 of account#S00000000 waits for one before it.');
  expect(await rows()).toEqual([]);
  await send(pick(messages, 2));
  await handle();
  expect(await rows()).toEqual([2]);
  await vi.waitFor(async () => {
    expect(await handle()).toBeNull();
    expect(await rows()).toEqual([2, 3]);
  }, TIMEOUT);
  expect(await left()).toEqual({ waiting: 0, inFlight: 0 });
});

it('changes nothing by what comes again, and takes what is too large from the journal', async () => {
  const { handle } = await beginByHand();
  const messages = await fill(6);
  const [first, second] = [pick(messages, 1), pick(messages, 2)];
  await send(first);
  await handle();
  const reference = { aggregateId: 'account#S00000000', eventSequence: 2, position: 6 };
  await send({ ...second, body: JSON.stringify(reference) });
  await handle();
  await send({ ...first, deduplicationId: 'x' });
  await handle();
  await send({ ...second, deduplicationId: 'y' });
  await handle();
  expect(await rows()).toEqual([2]);
  expect(await figures()).toEqual({ replayed: 2, live: 0, duplicates: 2 });
});

it('changes nothing for a worker that has lost the replay', async () => {
  const { handle } = await beginByHand();
  await send(...(await fill(1)));
  await sql`UPDATE rebuilds SET worker = 'somebody else'`;
  expect(await handle()).toBe('over');
  expect(await figures()).toEqual({ replayed: 0, live: 0, duplicates: 0 });
});

it('makes an event that fails for good the dead letter of its aggregate, and the swap brings it along', async () => {
  const { handle } = await beginByHand();
  await fill(20);
  await sql`UPDATE journal SET event_type = 'Nonsense' WHERE aggregate_id = 'account#S00000000' AND event_sequence = 3`;
  const messages = (await readJournal(db, { after: 0, limit: 20 })).map(toBusMessage);
  for (const message of messages) {
    await send(message);
  }
  await vi.waitFor(async () => {
    await handle();
    expect(await left()).toEqual({ waiting: 0, inFlight: 0 });
  }, TIMEOUT);
  expect(await rows()).toEqual([2]);
  expect(await figures()).toMatchObject({ replayed: 20 });
  expect(
    await sql`SELECT projection, aggregate_id, event_sequence, attempts FROM dead_letters`,
  ).toEqual([
    {
      projection: 'transactions@bus',
      aggregate_id: 'account#S00000000',
      event_sequence: 3,
      attempts: 3,
    },
  ]);
  const others = await sql`SELECT count(*)::int AS n FROM playhead_candidate.transactions`;
  expect(others).toEqual([{ n: 1 + (ACCOUNTS - 1) * 3 }]);

  await sql`UPDATE rebuilds SET status = 'ready'`;
  await expect(diffRebuild(db, transactionsView)).rejects.toMatchObject({
    code: 'REBUILD_REFUSED',
    message: expect.stringContaining('holds events up to position 20 already'),
  });
  await sql`UPDATE projections SET position = 20`;
  await swapRebuild(db, transactionsView, ann);
  expect(await sql`SELECT projection FROM dead_letters`).toEqual([{ projection: 'transactions' }]);
});

it('begins anew when its queues are lost, and ends with the same rows', async () => {
  const events = 60;
  await fill(events);
  const { version } = transactionsView;
  await applyNext(db, transactionsView, await loadCheckpoint(db, transactionsView), events);
  running.push(
    createBusPublisher({ db, bus, workerId: 'me', logger }),
    createReplayRunner({
      db,
      bus,
      projections: [transactionsView],
      workerId: 'me',
      logger,
      visibilitySeconds: 1,
    }),
  );
  const { id } = await requestReplay(db, transactionsView, ann);
  const state = async () => (await sql`SELECT attempt, state, put::int, error FROM bus_replays`)[0];
  await vi.waitFor(async () => expect(await state()).toMatchObject({ state: 'live' }), TIMEOUT);
  double.inMemory.deleteQueue(`a-test-transactions-${id}-0-live.fifo`);
  await ingest(toSyntheticEvents({ from: events, to: events + 10 }, ACCOUNTS));
  await applyNext(db, transactionsView, { version, position: events }, 10);
  await vi.waitFor(async () => {
    expect(await state()).toMatchObject({ attempt: 1, state: 'live', error: null });
    const { replayed, live } = (await figures()) ?? {};
    expect(replayed + live).toBe(events + 10);
  }, TIMEOUT);
  const differing = await sql`TABLE transactions EXCEPT TABLE playhead_candidate.transactions`;
  expect(differing).toEqual([]);

  await discardRebuild(db, transactionsView, ann);
  await vi.waitFor(async () => {
    expect(await sql`SELECT FROM bus_replays WHERE removed_at IS NULL`).toEqual([]);
  }, TIMEOUT);
  expect(double.inMemory.inspectQueue(`a-test-transactions-${id}-1-live.fifo`)).toBeUndefined();
});
