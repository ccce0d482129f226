import { setTimeout as sleep } from 'node:timers/promises';
import { PlayheadError } from '#lib/playhead-error.ts';
import { toAccountAggregateId } from '#server/modules/bank/domain/account-aggregate-id.ts';
import { bankModule } from '#server/modules/bank/module.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createNotifications } from '#server/runtime/platform/notifications.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { SCANS } from '#server/runtime/queries/scans.ts';
import { createJournalReader } from '#server/runtime/views/journal-reader.ts';
import { createProjector } from '#server/runtime/views/projector.ts';
import type { BenchInstance } from '../bench-instance.ts';
import { secondsOf } from '../compare.ts';
import { type BankSize, fillLargeBank } from '../large-bank.ts';
import type { Result } from '../result.ts';
import { type Question, toQuestions } from '../scale-questions.ts';
import { percentile, toSpread } from '../statistics.ts';
import { type Stores, withStores } from '../with-stores.ts';

const PER_BATCH = 10;
const BATCH_INTERVAL_MS = 100;

/** Milliseconds of each question, by its name. */
type Times = Map<Question, number[]>;

/**
 * Every question of every page to a filled database, one after another, while events are ingested and
 * projected beside it. A figure is the slowest question's; each one's own are written on standard output.
 */
export async function measureQueriesAtScale(
  { env }: Pick<BenchInstance, 'env'>,
  { events = 10_000_000, accounts = 1_000_000, rounds = 3, times = 30 } = {},
): Promise<Result> {
  const scanning = createPostgres(env, { application: 'playhead-bench-scans', ...SCANS });
  return withStores(env, async ({ dynamo, registry, store, postgres }) => {
    const size = { events, accounts };
    const filledIn = await secondsOf(() => fillLargeBank(postgres.db, size));
    console.log(
      `filled with ${events} events of ${accounts} accounts in ${Math.round(filledIn)} s`,
    );
    const notifications = createNotifications(postgres);
    const deps = {
      db: postgres.db,
      scans: scanning.db,
      store,
      registry,
      notifications,
      accounts,
      dynamo,
      commandRetentionDays: env.COMMAND_RETENTION_DAYS,
      now: () => new Date(),
    };
    const questions = toQuestions(deps);
    const load = startLoad({ store, postgres }, size);
    const draw = createDraw();
    const measured: Times[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const asked = await askAll(questions, times, draw);
      if (round > 0) {
        measured.push(asked);
      }
    }
    const perSecond = await load.stop();
    for (const question of questions) {
      const all = measured.flatMap((asked) => asked.get(question) ?? []);
      const [p50, p95] = [percentile(all, 0.5), percentile(all, 0.95)].map((ms) => ms.toFixed(1));
      console.log(`| ${question.name} | ${p50} | ${p95} |`);
    }
    const pages = slowest(measured, (question) => !question.isSearch);
    const searches = slowest(measured, (question) => question.isSearch);
    return {
      name: 'queries-at-scale',
      title: `Slowest page's query of ${questions.length} at ${events} events, ${Math.round(perSecond)}/s coming in`,
      figures: [
        { label: 'p95', unit: 'ms', ...toSpread(pages) },
        { label: 'payload search p95', unit: 'ms', ...toSpread(searches) },
      ],
      against: [],
      ratio: null,
      limits: [
        limit('p95', percentile(pages, 0.5), 60),
        limit('payload search p95', percentile(searches, 0.5), 300),
      ],
    };
  }).finally(scanning.close);
}

const limit = (label: string, value: number, most: number) =>
  ({ label, value, unit: 'ms', bound: 'at most', limit: most }) as const;

async function askAll(
  questions: readonly Question[],
  times: number,
  draw: (below: number) => number,
): Promise<Times> {
  const asked: Times = new Map(questions.map((question) => [question, []]));
  for (let time = 0; time < times; time += 1) {
    for (const question of questions) {
      const milliseconds = (await secondsOf(() => question.ask(draw))) * 1_000;
      asked.get(question)?.push(milliseconds);
    }
  }
  return asked;
}

/** Per round, the greatest 95th percentile of the questions that are meant. */
function slowest(measured: readonly Times[], isMeant: (question: Question) => boolean): number[] {
  return measured.map((asked) =>
    Math.max(...[...asked].filter(([each]) => isMeant(each)).map(([, ms]) => percentile(ms, 0.95))),
  );
}

/** Ingests and projects a hundred events a second, until it is stopped: then how many a second it was. */
function startLoad({ store, postgres }: Pick<Stores, 'store' | 'postgres'>, size: BankSize) {
  const ingest = createIngest({ db: postgres.db, store });
  const logger = createLogger({ LOG_LEVEL: 'silent' }, 'bench');
  const journal = createJournalReader(postgres.db, store);
  const projectors = bankModule.views.map((projection) =>
    createProjector({ postgres, journal, projection, workerId: 'bench', logger }),
  );
  const start = performance.now();
  let isOver = false;
  let ingested = 0;
  const loading = (async () => {
    for (let batch = 0; !isOver; batch += 1) {
      await sleep(Math.max(0, start + batch * BATCH_INTERVAL_MS - performance.now()));
      const from = batch * PER_BATCH;
      const indexes = Array.from({ length: PER_BATCH }, (_, index) => from + index);
      const result = await ingest(indexes.map((index) => toNextEvent(index, size)));
      ingested += result.inserted;
      for (const projector of projectors) {
        projector.wake();
      }
    }
  })();
  loading.catch(() => {});
  return {
    stop: async () => {
      isOver = true;
      await loading;
      const perSecond = (ingested * 1_000) / (performance.now() - start);
      const errors = projectors.flatMap((projector) => projector.status().error ?? []);
      await Promise.all(projectors.map((projector) => projector.stop()));
      if (errors[0] !== undefined) {
        throw new PlayheadError('UNEXPECTED', `Events were not projected: ${errors[0]}`);
      }
      return perSecond;
    },
  };
}

/** The event after all of the bank's: the accounts go on taking turns, those in CZK and open. */
function toNextEvent(index: number, { events, accounts }: BankSize): StoredEvent {
  const open = Math.floor(accounts / 20);
  const accountId = `S${String((index % open) * 20).padStart(8, '0')}`;
  const commandId = `20000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  return {
    aggregateId: toAccountAggregateId(accountId),
    eventSequence: events / accounts + 1 + Math.floor(index / open),
    eventId: `30000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    eventType: 'MoneyDeposited',
    eventData: { amount: String(100 + (index % 9_900)), currency: 'CZK', description: 'Rent' },
    correlationId: commandId,
    causationId: commandId,
    timestamp: new Date().toISOString(),
    version: 1,
    metadata: { actor: 'import', commandId, commandType: 'Deposit' },
  };
}

/** Whole numbers that look drawn, the same every time. */
function createDraw(): (below: number) => number {
  let state = 42;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
