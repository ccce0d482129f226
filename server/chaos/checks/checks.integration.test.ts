import { DeleteCommand, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { getTableName, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { accountsView } from '#server/modules/bank/views/accounts/accounts-view.ts';
import { hotTableOf } from '#server/runtime/hot-views/hot-view.ts';
import {
  beginJournalRebuild,
  completeJournal,
  loadJournalState,
} from '#server/runtime/journal/journal-state.ts';
import { createRandom } from '#server/runtime/platform/random.ts';
import { LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { putHeartbeat } from '#server/runtime/platform/worker-heartbeat.ts';
import { TRIM_HORIZON } from '#server/runtime/stream/checkpoint.ts';
import { CONSUMERS } from '#server/runtime/stream/consumer-lag.ts';
import { createLease } from '#server/runtime/stream/lease-table.ts';
import { listShards } from '#server/runtime/stream/list-shards.ts';
import { createStreamsApi, getStreamArn } from '#server/runtime/stream/streams-api.ts';
import { pauseProjection, resumeProjection } from '#server/runtime/views/pause-projection.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { FULL_REGISTRY } from '#server/testing/registry.ts';
import { whileTampered } from '#server/testing/tamper.ts';
import { createDirectCaller } from '../callers.ts';
import { outcomeOf, type SentCommand, tokensOf } from '../command-log.ts';
import { CHAOS_DOMAINS } from '../domains/index.ts';
import { planCommands } from '../plan-commands.ts';
import type { Check } from './check.ts';
import { checkAnswers } from './check-answers.ts';
import { checkCommands } from './check-commands.ts';
import { checkDecisions } from './check-decisions.ts';
import { checkDeadLetters, checkStatuses } from './check-delivery.ts';
import { checkJournal } from './check-journal.ts';
import { checkLeases } from './check-leases.ts';
import { checkSequences } from './check-sequences.ts';
import { checkViews } from './check-views.ts';
import { readWorld, type World, type WorldDeps } from './world.ts';

const WORKER = 'test-bank';
const COMMANDS = 170;
const PATIENT = { timeout: 20_000, interval: 50 };

let bank: TestBank;
let deps: WorldDeps;
let sound: World;
const commands: SentCommand[] = [];

beforeAll(async () => {
  bank = await createTestBank(FULL_REGISTRY);
  deps = {
    store: bank.store,
    dynamo: bank.dynamo,
    db: bank.postgres.db,
    registered: bank.registered,
  };
  const call = createDirectCaller(bank.handler, FULL_REGISTRY);
  const plan = planCommands(createRandom(11), 'T');
  while (commands.length < COMMANDS) {
    const planned = plan.next().value;
    commands.push({ planned, answers: [await call(planned)], lost: [] });
  }
  await bank.settle();
  await workHere();
  sound = await readWorld(deps);
});
afterAll(() => bank.close());

/** Says of the bank of this process what a worker says of itself. */
async function workHere(): Promise<void> {
  const { dynamo, db } = deps;
  await loadJournalState(db);
  await beginJournalRebuild(db, WORKER, 0);
  await completeJournal(db, WORKER, 0);
  const [shard] = await listShards(createStreamsApi(dynamo.streams), await getStreamArn(dynamo));
  const { shardId = '' } = shard ?? {};
  const well = { error: null, errorSince: null };
  const now = new Date().toISOString();
  for (const consumer of CONSUMERS) {
    await createLease(dynamo, {
      ...{ consumer, shardId, owner: WORKER, counter: 1 },
      ...{ checkpoint: TRIM_HORIZON, parents: [], updatedAt: now },
    });
  }
  await putHeartbeat(dynamo, {
    ...{ workerId: WORKER, pid: process.pid, startedAt: now, seenAt: now },
    consumers: CONSUMERS.map((name) => {
      return { name, shardId, lastEventAt: null, caughtUp: true, ...well };
    }),
    projectors: FULL_REGISTRY.views.map(({ name }) => ({ name, ...well })),
  });
}

/** How many aggregates the senders were told of. */
const begun = () => {
  const tokens = commands.map(outcomeOf).flatMap(tokensOf);
  return new Set(tokens.map(({ aggregateId }) => aggregateId)).size;
};

/** An accepted command of a type that has changed something, and the first event that it brought. */
function anAccepted(type: string) {
  const found = commands.find(
    (command) => command.planned.type === type && tokensOf(outcomeOf(command)).length > 0,
  );
  const outcome = found === undefined ? undefined : outcomeOf(found);
  if (found === undefined || outcome?.kind !== 'accepted') {
    throw new Error(`No ${type} was accepted.`);
  }
  const [token = { aggregateId: '', sequence: 0 }] = outcome.tokens;
  const Key = { aggregateId: token.aggregateId, eventSequence: token.sequence };
  return { command: found, commandId: found.planned.commandId, tokens: outcome.tokens, Key };
}

const isRed = ({ problems }: Check) => problems.length > 0;

/** Names of the checks of the stores that are not content, without the one that takes its time. */
async function redChecks(sent: readonly SentCommand[] = commands): Promise<string[]> {
  const world = await readWorld(deps);
  const checks = [
    checkCommands(sent, world),
    checkSequences(world),
    checkDecisions(sent, world, deps),
    ...CHAOS_DOMAINS.flatMap(({ check }) => check?.(sent, world) ?? []),
    checkJournal(world),
  ];
  return checks.filter(isRed).map(({ name }) => name);
}

/** The same with the views. */
async function redWithViews(): Promise<string[]> {
  const views = await checkViews(deps, begun());
  return [...(await redChecks()), ...(isRed(views) ? [views.name] : [])];
}

const STORED = 'every accepted command is stored exactly once';
const SEQUENCES = 'sequences have no gap';
const DECISIONS = 'every command did what its rules say';
const MONEY = 'money is conserved';
const ADDRESSES = 'an e-mail address is one user’s';
const TEMPLATES = 'no project comes of a deprecated template';
const JOURNAL = 'the journal is the event store';
const VIEWS = 'reconcile finds no difference';

/** Puts something else, or nothing, in an item's place, and the item back in the end. */
async function whileItemIs<Result>(
  TableName: string,
  Key: Record<string, unknown>,
  change: (item: Record<string, unknown> | undefined) => Record<string, unknown> | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  const { documents } = deps.dynamo;
  const { Item } = await documents.send(new GetCommand({ TableName, Key }));
  const put = async (item: Record<string, unknown> | undefined) => {
    if (item === undefined) {
      await documents.send(new DeleteCommand({ TableName, Key }));
    } else {
      await documents.send(new PutCommand({ TableName, Item: item }));
    }
  };
  await put(change(Item));
  try {
    return await work();
  } finally {
    await put(Item);
  }
}

it('is content with a sound world, in which commands of every kind were accepted and refused', async () => {
  expect(await redWithViews()).toEqual([]);
  expect(checkAnswers(commands).problems).toEqual([]);
  expect((await checkDeadLetters(deps)).problems).toEqual([]);
  expect(sound.events.length).toBeGreaterThan(50);
  const outcomes = new Set(commands.map((command) => outcomeOf(command)?.kind));
  expect([...outcomes].sort()).toEqual(['accepted', 'rejected']);
});

it('sees an event that is gone', async () => {
  const { Key } = anAccepted('Deposit');
  const { events } = deps.dynamo.tables;
  const red = await whileItemIs(events, Key, () => undefined, redWithViews);
  expect(red).toEqual(expect.arrayContaining([STORED, JOURNAL, VIEWS]));
});

it('sees a gap in a sequence', async () => {
  const aggregateId = sound.events.find(({ eventSequence }) => eventSequence === 2)?.aggregateId;
  const { events } = deps.dynamo.tables;
  const red = await whileItemIs(
    events,
    { aggregateId, eventSequence: 1 },
    () => undefined,
    redChecks,
  );
  expect(red).toContain(SEQUENCES);
});

it('sees a leg of a transfer that is gone', async () => {
  const { Key } = anAccepted('Transfer');
  const red = await whileItemIs(deps.dynamo.tables.events, Key, () => undefined, redChecks);
  expect(red).toContain(STORED);
});

it('sees a command that was carried out twice', async () => {
  const { Key, commandId } = anAccepted('Deposit');
  const first = sound.events.find(({ metadata }) => metadata.commandId === commandId);
  const history = sound.events.filter(({ aggregateId }) => aggregateId === Key.aggregateId);
  const second = { ...Key, eventSequence: history.length + 1 };
  const red = await whileItemIs(
    deps.dynamo.tables.events,
    second,
    () => ({ ...first, ...second, eventId: 'another' }),
    redChecks,
  );
  expect(red).toEqual(expect.arrayContaining([STORED, DECISIONS, JOURNAL]));
});

it('sees an event that is there under two numbers', () => {
  const again = sound.events.slice(0, 1).map((event) => ({ ...event, eventSequence: 10_000 }));
  const { problems } = checkSequences({ ...sound, events: [...sound.events, ...again] });
  expect(problems).toHaveLength(2);
});

it('sees a record that is gone, and one that says something else', async () => {
  const { commandId } = anAccepted('Withdraw');
  const table = deps.dynamo.tables.commands;
  const gone = await whileItemIs(table, { commandId }, () => undefined, redChecks);
  expect(gone).toEqual([STORED]);
  const tokens = [{ aggregateId: 'account#T-1', sequence: 999 }];
  const other = await whileItemIs(table, { commandId }, (item) => ({ ...item, tokens }), redChecks);
  expect(other).toEqual([STORED]);
});

it('sees a command that was refused and stored all the same', async () => {
  const { command } = anAccepted('Deposit');
  const told = commands.map((each) =>
    each === command
      ? { ...each, answers: [{ kind: 'rejected', code: 'ACCOUNT_CLOSED' } as const] }
      : each,
  );
  expect(await redChecks(told)).toEqual(expect.arrayContaining([STORED, MONEY]));
});

it('sees a command whose sender was told something else', async () => {
  const { command, tokens } = anAccepted('Deposit');
  const other = tokens.map((token) => ({ ...token, sequence: token.sequence + 1 }));
  const told = commands.map((each) =>
    each === command ? { ...each, answers: [{ kind: 'accepted', tokens: other } as const] } : each,
  );
  expect(await redChecks(told)).toEqual([STORED]);
});

it('sees an accepted command without events that has no record', async () => {
  const idle = commands.find((command) => {
    const outcome = outcomeOf(command);
    return outcome?.kind === 'accepted' && outcome.tokens.length === 0;
  });
  const Key = { commandId: idle?.planned.commandId };
  expect(await whileItemIs(deps.dynamo.tables.commands, Key, () => undefined, redChecks)).toEqual([
    STORED,
  ]);
});

it('sees a command that did something else than its rules say', async () => {
  const { Key } = anAccepted('ChangeUserPermissions');
  const eventData = { granted: ['*:administration'], revoked: [] };
  const { events } = deps.dynamo.tables;
  const red = await whileItemIs(events, Key, (item) => ({ ...item, eventData }), redChecks);
  expect(red).toEqual(expect.arrayContaining([DECISIONS, JOURNAL]));
  expect(red).not.toContain(STORED);
});

it('sees a command that said it changed nothing, and had something to change', async () => {
  const { command, commandId } = anAccepted('UpdateUserProfile');
  const events = sound.events.filter(({ metadata }) => metadata.commandId !== commandId);
  const told = { ...command, answers: [{ kind: 'accepted', tokens: [] } as const] };
  const { problems } = checkDecisions([told], { ...sound, events }, deps);
  expect(problems).toContain(`${commandId} changed nothing, and had something to do.`);
});

it('sees a decision on an aggregate that had changed when it was written', async () => {
  const created = sound.events.find(
    ({ eventType, eventData }) =>
      eventType === 'ProjectCreated' && eventData.template !== undefined,
  );
  // As if the project had been written before its template.
  const others = sound.events.filter((event) => event !== created);
  const events = created === undefined ? others : [created, ...others];
  const { problems } = checkDecisions(commands, { ...sound, events }, deps);
  expect(problems).toContainEqual(expect.stringContaining(`${created?.metadata.commandId}: `));
});

it('sees an address that two active users have', async () => {
  const [one, other] = sound.events.filter(({ eventType }) => eventType === 'UserRegistered');
  const history = sound.events.filter(({ aggregateId }) => aggregateId === other?.aggregateId);
  const Key = { aggregateId: other?.aggregateId, eventSequence: history.length + 1 };
  const taken = sound.events.findLast(
    ({ aggregateId, eventData }) => aggregateId === one?.aggregateId && eventData.email,
  );
  const item = {
    ...other,
    ...Key,
    eventId: 'taken',
    eventType: 'UserProfileUpdated',
    eventData: { email: taken?.eventData.email },
  };
  const red = await whileItemIs(deps.dynamo.tables.events, Key, () => item, redChecks);
  expect(red).toContain(ADDRESSES);
});

it('sees a project of a template that was deprecated before', async () => {
  const deprecated = sound.events.find(({ eventType }) => eventType === 'TemplateDeprecated');
  const created = sound.events.find(({ eventType }) => eventType === 'ProjectCreated');
  const [, templateId] = deprecated?.aggregateId.split('#') ?? [];
  const Key = { aggregateId: 'project#late', eventSequence: 1 };
  const template = { templateId, version: 1, values: {} };
  const eventData = { ...created?.eventData, template };
  const item = { ...created, ...Key, eventId: 'late', eventData };
  const red = await whileItemIs(deps.dynamo.tables.events, Key, () => item, redChecks);
  expect(red).toContain(TEMPLATES);
});

it('sees a command that nobody sent', async () => {
  const { command } = anAccepted('Deposit');
  const red = await redChecks(commands.filter((each) => each !== command));
  expect(red).toEqual(expect.arrayContaining([STORED, MONEY]));
});

it('sees a command without an answer, and one with two', () => {
  const [first, ...others] = commands;
  if (first === undefined) {
    throw new Error('There is no command.');
  }
  expect(checkAnswers([{ ...first, answers: [] }, ...others]).problems).toHaveLength(1);
  const answers = [1, 2].map((sequence) => {
    return { kind: 'accepted', tokens: [{ aggregateId: 'account#T-1', sequence }] } as const;
  });
  expect(checkAnswers([{ ...first, answers }, ...others]).problems).toHaveLength(1);
});

it('sees a balance that is not what it should be, and an account that is gone', async () => {
  const more = 'UPDATE accounts SET balance = balance + 1 WHERE account_id = $$T-1$$';
  expect(await whileTampered(bank, more, redWithViews)).toEqual([MONEY, VIEWS]);
  const gone = 'DELETE FROM accounts WHERE account_id = $$T-1$$';
  expect(await whileTampered(bank, gone, redChecks)).toEqual([MONEY]);
});

it('sees a row and an item that are gone, of the views of every module', async () => {
  const { views, hotViews } = FULL_REGISTRY;
  const deletions = views.flatMap(({ tables: [table] }, index) => {
    const name = table === undefined ? '' : getTableName(table.in(LIVE_SCHEMA));
    const one = `DELETE FROM ${name} WHERE ctid = (SELECT min(ctid) FROM ${name})`;
    return [`gone_${index} AS (${one})`];
  });
  let work = () =>
    whileTampered(bank, `WITH ${deletions} SELECT 1`, () => checkViews(deps, begun()));
  for (const view of hotViews) {
    const TableName = hotTableOf(deps.dynamo.tables, view);
    const { Items = [] } = await deps.dynamo.documents.send(new ScanCommand({ TableName }));
    const Key = { [view.key]: Items[0]?.[view.key] };
    const inner = work;
    work = () => whileItemIs(TableName, Key, () => undefined, inner);
  }
  const seen = (await work()).problems.map((problem) => problem.split(',', 1)[0]);
  expect(new Set(seen)).toEqual(new Set([...views, ...hotViews].map(({ name }) => name)));
});

it.each([
  ['an event of the journal that says something else', `SET event_data = '{}' WHERE position = 9`],
  [
    'a position that is skipped',
    'SET position = position + 1 WHERE position = (SELECT max(position) FROM playhead.journal)',
  ],
  [
    'a sequence that is not the store’s',
    'SET event_sequence = event_sequence + 100 WHERE position = 9',
  ],
])('sees %s', async (_, change) => {
  const { db } = deps;
  await db.execute(sql`CREATE TABLE playhead.kept AS TABLE playhead.journal`);
  await db.execute(sql.raw(`UPDATE playhead.journal ${change}`));
  expect(await redChecks()).toContain(JOURNAL);
  await db.execute(sql`DELETE FROM playhead.journal`);
  await db.execute(sql`INSERT INTO playhead.journal SELECT * FROM playhead.kept`);
  await db.execute(sql`DROP TABLE playhead.kept`);
  expect(await redChecks()).toEqual([]);
});

it('sees an aggregate that the event store has and nobody began', async () => {
  expect((await checkViews(deps, begun() + 1)).problems).toHaveLength(1);
});

it('sees dead letters, and skipped events', async () => {
  const { db } = deps;
  await db.execute(sql`
    INSERT INTO playhead.dead_letters (projection, aggregate_id, event_sequence, category, error,
      error_group, attempts, first_failed_at, last_failed_at, status)
    VALUES ('accounts', 'account#T-1', 1, 'handler', 'It throws', 'It throws', 5, now(), now(), 'dead')`);
  expect((await checkDeadLetters(deps)).problems).toHaveLength(1);
  await db.execute(sql`UPDATE playhead.dead_letters SET status = 'skipped', skipped_at = now(),
    skipped_by = 'somebody', skip_reason = 'a reason'`);
  expect((await checkDeadLetters(deps)).problems).toHaveLength(1);
  await db.execute(sql`DELETE FROM playhead.dead_letters`);
});

it('sees a projection that does not run, a journal that is not complete, a consumer without a worker', async () => {
  const { db, dynamo } = deps;
  await workHere();
  expect((await checkStatuses(deps)).problems).toEqual([]);
  const operator = { actor: 'tester', reason: 'a test' };
  await pauseProjection(db, accountsView, operator);
  expect((await checkStatuses(deps)).problems).toEqual([expect.stringContaining('accounts')]);
  await resumeProjection(db, accountsView, operator);
  await vi.waitFor(async () => {
    const running = { problems: [] };
    expect(await checkStatuses(deps)).toMatchObject(running);
    expect(await checkLeases(deps, [WORKER])).toMatchObject(running);
  }, PATIENT);
  await db.execute(sql`UPDATE playhead.journal_state SET status = 'incomplete'`);
  expect((await checkStatuses(deps)).problems).toEqual([expect.stringContaining('journal')]);
  await workHere();
  await dynamo.documents.send(
    new DeleteCommand({ TableName: dynamo.tables.workers, Key: { workerId: WORKER } }),
  );
  expect((await checkStatuses(deps)).problems).toEqual(
    expect.arrayContaining([
      expect.stringContaining('consumer journal'),
      expect.stringContaining('consumer hot-views'),
    ]),
  );
});

it('sees leases and claims of the dead, and those that are missing', async () => {
  await workHere();
  expect((await checkLeases(deps, [WORKER])).problems).toEqual([]);
  expect((await checkLeases(deps, ['another'])).problems).toHaveLength(
    FULL_REGISTRY.views.length + CONSUMERS.length,
  );
  await deps.db.execute(sql`DELETE FROM playhead.projections WHERE name = 'accounts'`);
  expect((await checkLeases(deps, [WORKER])).problems).not.toEqual([]);
});
