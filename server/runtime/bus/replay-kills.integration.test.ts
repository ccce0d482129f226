import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, vi } from 'vitest';
import { toSyntheticEvents } from '#server/bench/synthetic-events.ts';
import { transactionsView } from '#server/modules/bank/views/transactions/transactions-view.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { swapRebuild } from '#server/runtime/rebuild/swap-rebuild.ts';
import { createJournalReader } from '#server/runtime/views/journal-reader.ts';
import { createProjector } from '#server/runtime/views/projector.ts';
import { type BusRequest, startBusDouble } from '#server/testing/bus-double.ts';
import { EMPTY_STORE } from '#server/testing/empty-store.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { TEST_CODEC } from '#server/testing/event-codec.ts';
import type { ReplayState } from './decide-replay.ts';
import { requestReplay } from './request-replay.ts';

const PROCESS = fileURLToPath(new URL('../../testing/bus-process.ts', import.meta.url));
const TIMEOUT = { timeout: 100_000, interval: 20 };
const ACCOUNTS = 60;
const BEFORE = 500;
const ann = { actor: 'ann' };

const postgres = await createTestPostgres();
const { db, sql } = postgres;
const bus = await startBusDouble();
const ingest = createIngest({ db, store: EMPTY_STORE });
const projector = createProjector({
  postgres,
  journal: createJournalReader(db, TEST_CODEC),
  projection: transactionsView,
  workerId: 'projector',
  logger: createLogger({ LOG_LEVEL: 'silent' }, 'test'),
});
let victim = start();

afterAll(async () => {
  victim.kill('SIGKILL');
  await projector.stop();
  await bus.close();
  await postgres.close();
});

function start(): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', PROCESS], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      DATABASE_URL: postgres.url,
      PLAYHEAD_BUS_ENDPOINT: bus.url,
      LOG_LEVEL: 'silent',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    stdio: 'inherit',
  });
}

const isOf = (request: BusRequest, action: string, queue: string) =>
  request.action === action && request.body.includes(queue);

/**
 * Kills the process when such a request of it has taken effect, before it knows; another one goes on. Messages are held
 * back from the handler until the replay is at `from`.
 */
async function killAt(action: string, queue = '', from?: ReplayState): Promise<void> {
  await new Promise<void>((resolve) => {
    bus.watch(async (request) => {
      if (isOf(request, action, queue)) {
        bus.watch(() => {});
        victim.kill('SIGKILL');
        resolve();
      } else if (from !== undefined && isOf(request, 'ReceiveMessage', queue)) {
        await waitFor(from);
      }
    });
  });
  if (victim.signalCode === null) {
    await once(victim, 'exit');
  }
  victim = start();
  // The claims of the dead end by themselves after some seconds: this saves waiting for that.
  await sql`UPDATE rebuilds SET claimed_until = NULL`;
  await sql`UPDATE bus_publisher SET claimed_until = NULL`;
}

type Figures = {
  readonly state: ReplayState;
  readonly put: number;
  readonly replayed: number;
  readonly live: number;
  readonly duplicates: number;
};

async function readReplay(): Promise<Figures | undefined> {
  const [row] = await sql<Figures[]>`
    SELECT state, put::int, replayed::int, live::int, duplicates::int FROM bus_replays
  `;
  return row;
}

const waitFor = (state: ReplayState) =>
  vi.waitFor(async () => expect((await readReplay())?.state).toBe(state), TIMEOUT);

it('misses nothing and doubles nothing under load, killed in each step', async () => {
  await ingest(toSyntheticEvents({ from: 0, to: BEFORE }, ACCOUNTS));
  let events = BEFORE;
  let isLoading = true;
  const load = async () => {
    while (isLoading) {
      await ingest(toSyntheticEvents({ from: events, to: events + 2 }, ACCOUNTS));
      events += 2;
      projector.wake();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const loading = load();

  const creating = killAt('CreateQueue', '-live');
  await requestReplay(db, transactionsView, ann);
  await creating;
  await killAt('Subscribe');
  await killAt('ReceiveMessage', '-replay');
  await killAt('SendMessageBatch', '-replay');
  await killAt('DeleteMessageBatch', '-replay', 'wait-until-empty');
  expect((await readReplay())?.state).toBe('wait-until-empty');
  await killAt('ReceiveMessage', '-live');
  await killAt('DeleteMessageBatch', '-live');
  await killAt('PublishBatch');
  const soFar = events;
  await vi.waitFor(() => expect(events).toBeGreaterThan(soFar + 50), TIMEOUT);
  isLoading = false;
  await loading;

  await vi.waitFor(async () => {
    const { replayed = 0, live = 0 } = (await readReplay()) ?? {};
    const [row] = await sql`SELECT position::int FROM projections WHERE name = 'transactions'`;
    expect([replayed + live, row?.position]).toEqual([events, events]);
  }, TIMEOUT);
  const replay = await readReplay();
  expect(replay).toMatchObject({ state: 'live', put: replay?.replayed });
  expect(replay?.replayed).toBeGreaterThan(BEFORE);
  expect(replay?.live).toBeGreaterThan(0);
  expect(replay?.duplicates).toBeGreaterThan(0);
  // As the bus alone has filled it: a comparison would complete it from the journal first.
  const [differences] = await sql`
    SELECT
      (SELECT count(*)::int FROM playhead_candidate.transactions) AS rows,
      (SELECT count(*)::int FROM (
        TABLE playhead.transactions EXCEPT TABLE playhead_candidate.transactions
      )) AS missed,
      (SELECT count(*)::int FROM (
        TABLE playhead_candidate.transactions EXCEPT TABLE playhead.transactions
      )) AS other
  `;
  expect(differences).toEqual({ rows: events - ACCOUNTS, missed: 0, other: 0 });

  await swapRebuild(db, transactionsView, ann);
  await vi.waitFor(
    async () => expect(await sql`SELECT FROM bus_replays WHERE removed_at IS NULL`).toEqual([]),
    TIMEOUT,
  );
  expect(bus.inMemory.inspectQueue('playhead-transactions-1-0-live.fifo')).toBeUndefined();
}, 180_000);
