import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { getAccountBalance } from '#server/modules/bank/views/account-balances/account-balances-view.ts';
import { accountsView } from '#server/modules/bank/views/accounts/accounts-view.ts';
import { requestRebuild } from '#server/runtime/rebuild/request-rebuild.ts';
import { CLAIM_MS } from '#server/runtime/views/claim.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { toRecordedEvent } from '#server/testing/event-codec.ts';
import { createOpsLine } from '#server/testing/ops-line.ts';

let bank: TestBank;
let ops: ReturnType<typeof createOpsLine>;

beforeAll(async () => {
  bank = await createTestBank();
  ops = createOpsLine(bank);
  for (const number of ['A', 'B']) {
    await bank.run(openAccount, { number, owner: 'Ada', currency: 'EUR' });
    await payIn(number);
  }
  await bank.settle();
});
afterAll(() => bank.close());

const payIn = (accountId: string) =>
  bank.run(deposit, { accountId, amount: '7.00', currency: 'EUR' });

/** The JSON of a command line that must go well, or end with `code`. */
async function ask(line: string, code = 0): Promise<unknown> {
  const answer = await ops(`${line} --json`);
  expect({ line, code: answer.code, err: answer.err }).toEqual({ line, code, err: '' });
  return JSON.parse(answer.out);
}

const positionOf = async (projection: string) => {
  const [row] = await bank.postgres.sql`
    SELECT position::int FROM projections WHERE name = ${projection}
  `;
  return z.object({ position: z.number() }).parse(row).position;
};

it('pauses a projection, durably and for the record, and resumes it', async () => {
  expect(await ask('pause accounts --reason "Ticket 7"')).toEqual({
    projection: 'accounts',
    changed: true,
  });
  expect(await ask('pause accounts --reason Again')).toMatchObject({ changed: false });
  const before = await positionOf('accounts');
  await payIn('A');
  await bank.ingest();
  await expect.poll(() => positionOf('transactions')).toBe(before + 1);
  expect(await positionOf('accounts')).toBe(before);
  expect(await ops('resume accounts')).toMatchObject({ code: 0, out: 'accounts goes on.\n' });
  expect(await ops('resume accounts')).toMatchObject({ out: 'accounts was not paused.\n' });
  await bank.settle();
  const actions = await bank.postgres.sql`
    SELECT actor, action, subject, reason FROM operator_actions ORDER BY id
  `;
  expect(actions).toEqual([
    { actor: 'ops', action: 'pause', subject: 'accounts', reason: 'Ticket 7' },
    { actor: 'ops', action: 'resume', subject: 'accounts', reason: null },
  ]);
});

it('pauses the hot views together', async () => {
  expect(await ask('pause hot-views --reason "Ticket 7"')).toEqual({
    projection: 'hot-views',
    changed: true,
  });
  expect(await ask('pause hot-views --reason Again')).toMatchObject({ changed: false });
  expect((await ops('lag')).out).toMatch(/consumer hot-views \(paused\)/);
  expect(await ops('resume hot-views')).toMatchObject({ code: 0, out: 'hot-views goes on.\n' });
  expect(await ask('resume hot-views')).toMatchObject({ changed: false });
});

it('leases: who reads and who runs what', async () => {
  await bank.settle();
  const position = await positionOf('accounts');
  expect(await ask('leases')).toEqual({
    leases: [],
    claims: ['account-summaries', 'accounts', 'daily-balances', 'transactions'].map(
      (projection) => ({ projection, owner: 'test-bank', version: 1, position }),
    ),
  });
  expect((await ops('leases')).out).toMatch(/accounts +test-bank +\d+/);
});

describe('dead-letters', () => {
  /** Makes every further row of account A in a table impossible. */
  const forbid = (table: string) =>
    bank.postgres.sql.unsafe(
      `ALTER TABLE ${table} ADD CONSTRAINT forbidden CHECK (account_id <> 'A') NOT VALID`,
    );
  const allow = (table: string) =>
    bank.postgres.sql.unsafe(`ALTER TABLE ${table} DROP CONSTRAINT forbidden`);
  const listed = async () => {
    const answer = z
      .object({ groups: z.array(z.object({ letters: z.array(z.looseObject({})) })) })
      .parse(await ask('dead-letters'));
    return answer.groups.flatMap(({ letters }) => letters);
  };

  it('are listed, retried and skipped', async () => {
    expect(await ask('dead-letters')).toEqual({ groups: [], problems: [] });
    expect((await ops('dead-letters')).out).toBe('No aggregate waits.\n');
    await forbid('transactions');
    const { tokens } = await payIn('A');
    const dead = tokens[0]?.sequence ?? 0;
    await payIn('A');
    await bank.settle();
    await expect.poll(listed, { timeout: 10_000 }).toMatchObject([
      {
        projection: 'transactions',
        aggregateId: 'account#A',
        eventSequence: dead,
        waiting: 1,
      },
    ]);
    const text = (await ops('dead-letters list --account A')).out;
    expect(text).toMatch(
      new RegExp(`transactions +account#A +${dead} +MoneyDeposited +constraint +1 `),
    );
    expect((await ops('dead-letters list --aggregate account#b')).out).toBe(
      'No aggregate waits.\n',
    );

    const line = 'dead-letters retry --projection transactions --account a';
    expect(await ask(line, 1)).toMatchObject({
      retried: 1,
      settled: 0,
      dead: [{ projection: 'transactions', aggregateId: 'account#A', at: dead }],
    });
    expect(await ops(`${line} --sequence ${dead + 1}`)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^DEAD_LETTER_NOT_FOUND: /),
    });
    await allow('transactions');
    expect(await ask(`${line} --sequence ${dead}`)).toEqual({
      retried: 1,
      settled: 1,
      applied: 2,
      dead: [],
      failed: [],
    });
    expect(await ask('reconcile')).toMatchObject({ different: 0, explained: 0 });

    await forbid('transactions');
    await payIn('A');
    await payIn('A');
    await bank.settle();
    await expect.poll(listed, { timeout: 10_000 }).toHaveLength(1);
    await allow('transactions');
    const skip = `dead-letters skip --projection transactions --account A --sequence ${dead + 2}`;
    expect(await ops(skip)).toMatchObject({ code: 1, err: expect.stringMatching(/--reason/) });
    expect(await ask(`${skip} --reason "A double booking"`)).toEqual({
      kind: 'applied',
      applied: 1,
    });
    expect(await listed()).toEqual([]);
    const skipped = await ops('dead-letters list --skipped');
    expect(skipped.out).toContain('ops: A double booking');
    expect(await ask('reconcile')).toMatchObject({ different: 0, explained: 1 });
  });

  it('are retried all at once', async () => {
    await forbid('accounts');
    await forbid('daily_balances');
    await payIn('A');
    await bank.settle();
    await expect.poll(listed, { timeout: 10_000 }).toHaveLength(2);
    await allow('accounts');
    await allow('daily_balances');
    expect(await ask('dead-letters retry --all')).toMatchObject({ retried: 2, settled: 2 });
    expect(await listed()).toEqual([]);
  });
});

describe('rebuild', () => {
  const rebuildSchema = z.object({
    rebuild: z.looseObject({ id: z.number(), status: z.string() }),
    diff: z.object({ tables: z.array(z.looseObject({ table: z.string() })) }),
  });

  it('estimates, fills, compares, swaps and rolls back', async () => {
    const { sql } = bank.postgres;
    await bank.settle();
    const events = await positionOf('accounts');
    expect(await ask('rebuild accounts --dry-run')).toMatchObject({ estimate: { events } });
    expect((await ops('rebuild accounts --dry-run')).out).toMatch(/^\d+ events to read; /);
    expect(await sql`SELECT FROM rebuilds`).toHaveLength(0);

    await sql`UPDATE accounts SET owner = 'Tampered' WHERE account_id = 'B'`;
    const first = rebuildSchema.parse(await ask('rebuild accounts --reason Check'));
    expect(first.rebuild).toMatchObject({ status: 'ready', position: events });
    expect(first.diff.tables).toMatchObject([
      { table: 'accounts', rowsInOld: 2, rowsInNew: 2, onlyInOld: 0, onlyInNew: 0, differing: 1 },
    ]);
    // Called again it goes on with the same one.
    const again = await ops('rebuild accounts');
    expect(again.out).toContain('Tampered');
    expect(again.out).toContain('Swap it in: ops rebuild accounts --swap');

    const ownerOf = async () =>
      (await sql`SELECT owner FROM accounts WHERE account_id = 'B'`)[0]?.owner;
    expect(await ask('rebuild accounts --swap')).toMatchObject({
      rebuild: { id: first.rebuild.id, status: 'swapped' },
    });
    expect(await ownerOf()).toBe('Ada');
    expect((await ops('rebuild accounts --rollback')).code).toBe(0);
    expect(await ownerOf()).toBe('Tampered');
    expect((await ops('rebuild accounts --rollback')).code).toBe(0);
    expect(await ownerOf()).toBe('Ada');
    expect(await ask('rebuild accounts --discard-previous')).toEqual({
      projection: 'accounts',
      done: true,
    });
    expect(await ops('rebuild accounts --rollback')).toMatchObject({
      err: expect.stringMatching(/^REBUILD_NOT_FOUND: /),
    });
  });

  it('shows its progress, and is cancelled while it is under way', async () => {
    const { sql } = bank.postgres;
    await bank.settle();
    const events = await positionOf('accounts');
    const { id } = await requestRebuild(bank.postgres.db, accountsView, { actor: 'olga' });
    // As if a worker that is slow were at it.
    const comeTo = (position: number) => sql`
      UPDATE rebuilds SET position = ${position}, worker = 'slow',
        claimed_until = clock_timestamp() + make_interval(secs => ${CLAIM_MS / 1_000}) WHERE id = ${id}
    `;
    await comeTo(1);
    let screen = '';
    const watching = ops('rebuild accounts', (text) => {
      screen += text;
    });
    await expect.poll(() => screen).toContain(` · 1 of ${events} events · `);
    await comeTo(2);
    await expect.poll(() => screen).toContain(` · 2 of ${events} events · `);
    expect((await ops('rebuild accounts --swap')).err).toMatch(
      /^REBUILD_REFUSED: .*position 2: wait/,
    );
    expect(await ops('rebuild accounts --cancel --reason "Not now"')).toMatchObject({
      code: 0,
      out: 'Done.\n',
    });
    const { code, err } = await watching;
    expect(code).toBe(1);
    expect(err).toContain(
      'REBUILD_REFUSED: The rebuild of accounts was cancelled by somebody else.',
    );
    const [action] = await sql`
      SELECT action, reason, effect->>'position' AS position FROM operator_actions
      ORDER BY id DESC LIMIT 1
    `;
    expect(action).toEqual({ action: 'cancel-rebuild', reason: 'Not now', position: '2' });
    expect((await ops('rebuild accounts --cancel')).err).toMatch(/^REBUILD_NOT_FOUND: /);
    expect((await ops('rebuild accounts')).code).toBe(0);
    expect((await ops('rebuild accounts --discard')).code).toBe(0);
  });

  it('is discarded, and says where it stops', async () => {
    const { sql } = bank.postgres;
    expect((await ops('rebuild transactions')).code).toBe(0);
    expect((await ops('rebuild transactions --discard')).out).toBe('Done.\n');
    await sql`UPDATE journal SET event_type = 'Unheard' WHERE position = 3`;
    expect(await ops('rebuild transactions')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^REBUILD_STOPPED: .*position 3, event account#/),
    });
    const [stored] = await bank.store.read('account#B', { from: 1, to: 1 });
    expect(stored && toRecordedEvent(stored).eventType).toBe('AccountOpened');
    await sql`UPDATE journal SET event_type = 'AccountOpened' WHERE position = 3`;
    expect((await ops('rebuild transactions')).code).toBe(0);
    expect((await ops('rebuild transactions --discard')).code).toBe(0);
  });
});

it('asks for a replay by the bus where a worker has one, and says how far it is', async () => {
  const { sql } = bank.postgres;
  expect((await ops('bus replay accounts')).err).toMatch(/^NOT_CONFIGURED: No worker has a bus/);
  // As a worker with a bus keeps it.
  await sql`
    INSERT INTO bus_publisher VALUES ('events', 0, 'worker-1', clock_timestamp() + interval '3.9 s')
  `;
  const asked = await ask('bus replay accounts --reason Trial');
  expect(asked).toMatchObject({ rebuild: { projection: 'accounts', kind: 'bus' } });
  expect(await ask('bus list')).toMatchObject({
    publisher: { position: 0 },
    replays: [{ projection: 'accounts', state: 'create-queues', status: 'running', put: 0 }],
  });
  expect((await ops('bus list')).out).toMatch(/accounts +running +create-queues/);
  expect(await ops('bus replay accounts')).toMatchObject({ code: 1, out: '' });
  await ask('rebuild accounts --cancel');
  await sql`DELETE FROM bus_publisher`;
});

it('rebuilds a hot view in its place', async () => {
  await bank.settle();
  const { documents, tables } = bank.dynamo;
  const Item = { accountId: 'GHOST', sequence: 1 };
  await documents.send(new PutCommand({ TableName: `${tables.prefix}account-balances`, Item }));
  const counts = { aggregates: 3, unchanged: 2, written: 0, removed: 1, failed: 0, failures: [] };
  expect(await ask('rebuild account-balances --dry-run')).toEqual(counts);
  expect(await ask('rebuild account-balances')).toEqual(counts);
  expect((await ops('rebuild account-balances')).out).toMatch(
    /^2 aggregates: 2 as they should be, /,
  );
  expect((await ops('rebuild recent-transactions')).code).toBe(0);
});

it('completes the journal from the event store', async () => {
  const { sql } = bank.postgres;
  await bank.settle();
  const [{ events } = { events: 0 }] = await sql<{ events: number }[]>`
    SELECT count(*)::int AS events FROM journal
  `;
  expect(await ask('rebuild journal')).toEqual({ read: events, inserted: 0 });
  await payIn('A');
  expect((await ops('rebuild journal --reason "Ticket 8"')).out).toBe(
    `The journal is complete: ${events + 1} events read, 1 of them new.\n`,
  );
  expect(await ask('rebuild journal --dry-run')).toEqual({
    estimate: { events: events + 1, seconds: expect.any(Number) },
  });
  expect((await ops('rebuild journal --dry-run')).out).toMatch(/^About \d+ events to read .*some/);
  const [action] = await sql`
    SELECT action, subject, reason FROM operator_actions WHERE subject = 'journal' ORDER BY id DESC
  `;
  expect(action).toEqual({ action: 'rebuild', subject: 'journal', reason: 'Ticket 8' });
  await bank.settle();
});

it('repairs an account in one view and in all', async () => {
  const { sql } = bank.postgres;
  await sql`UPDATE accounts SET balance = 1 WHERE account_id = 'B'`;
  await sql`DELETE FROM daily_balances WHERE account_id = 'B'`;
  expect(await ops('reconcile')).toMatchObject({ code: 1 });
  expect(await ops('repair b --view accounts --reason Odd')).toMatchObject({
    code: 0,
    out: 'journal: rebuilt.\naccounts: rebuilt.\n',
  });
  expect(await ask('repair B --all-views')).toEqual({
    aggregateId: 'account#B',
    repaired: [
      'journal',
      'accounts',
      'transactions',
      'daily-balances',
      'account-summaries',
      'account-balances',
      'recent-transactions',
    ].map((view) => ({ view, waitsAt: null })),
    failed: [],
  });
  expect(await ask('reconcile')).toMatchObject({ different: 0 });
  expect(await getAccountBalance(bank.dynamo, 'B')).toMatchObject({ balance: '700' });
});

describe('reconcile says in words, and by its exit code,', () => {
  const put = (Item: Record<string, unknown>) =>
    bank.dynamo.documents.send(new PutCommand({ TableName: bank.dynamo.tables.events, Item }));

  it('that an event came in without its command’s record: 1', async () => {
    const events = await bank.store.read('account#B');
    const forged = { ...events.at(-1), eventSequence: events.length + 1, eventId: 'forged' };
    await put(forged);
    const { code, out } = await ops('reconcile');
    expect(code).toBe(1);
    expect(out).toMatch(new RegExp(`account#B +event-store +${forged.eventSequence}/command `));
    expect(out).toContain("account#B has an event without its command's record");
    await bank.dynamo.documents.send(
      new DeleteCommand({
        TableName: bank.dynamo.tables.events,
        Key: { aggregateId: 'account#B', eventSequence: forged.eventSequence },
      }),
    );
    expect(await ask('reconcile')).toMatchObject({ different: 0 });
  });

  it('that an account cannot be folded after a skip, which explains it: 0', async () => {
    await bank.run(openAccount, { number: 'WALL', owner: 'Ada', currency: 'EUR' });
    await payIn('WALL');
    const [, event] = await bank.store.read('account#WALL');
    await put({ ...event, eventType: 'MoneyPrinted' });
    await bank.settle();
    const listed = z.object({
      groups: z.array(z.object({ projection: z.string(), letters: z.array(z.unknown()) })),
    });
    const places = listed.parse(await ask('dead-letters list --account WALL')).groups;
    expect(places.length).toBeGreaterThan(4);
    expect((await ops('reconcile')).code).toBe(0);
    for (const { projection } of places) {
      const skip = `dead-letters skip --projection ${projection} --account WALL --sequence 2`;
      await ask(`${skip} --reason "A test"`);
    }
    const { code, out } = await ops('reconcile');
    expect(code).toBe(0);
    expect(out).toContain('Event 2 was skipped, by ops: A test');
    expect(out).toContain(
      'account#WALL has an event that cannot be read: commands on it are refused',
    );
    expect(out).toMatch(/0 differ, \d more are explained/);
  });
});

describe('wrong commands say why', () => {
  it.each([
    ['pause accounts', 'INVALID_INPUT'],
    ['pause accounts --reason ""', 'INVALID_INPUT'],
    ['pause nothing --reason Why', 'INVALID_INPUT'],
    ['pause journal --reason Why', 'INVALID_INPUT'],
    ['pause account-balances --reason Why', 'INVALID_INPUT'],
    ['resume nothing', 'INVALID_INPUT'],
    ['dead-letters record', 'INVALID_INPUT'],
    ['dead-letters list --projection nothing', 'INVALID_INPUT'],
    ['dead-letters list --account NO/BODY', 'AGGREGATE_NOT_FOUND'],
    ['dead-letters list --aggregate ship#1', 'AGGREGATE_TYPE_UNKNOWN'],
    ['dead-letters retry', 'INVALID_INPUT'],
    ['dead-letters retry --all --account A', 'INVALID_INPUT'],
    [
      'dead-letters skip --projection accounts --account A --sequence 0 --reason x',
      'INVALID_INPUT',
    ],
    [
      'dead-letters skip --projection accounts --account A --sequence 1 --reason x',
      'DEAD_LETTER_NOT_FOUND',
    ],
    ['bus replay nothing', 'INVALID_INPUT'],
    ['bus nothing', 'INVALID_INPUT'],
    ['rebuild nothing', 'INVALID_INPUT'],
    ['rebuild account-balances --swap', 'INVALID_INPUT'],
    ['rebuild journal --swap', 'INVALID_INPUT'],
    ['rebuild accounts --swap --discard', 'INVALID_INPUT'],
    ['rebuild accounts --swap', 'REBUILD_NOT_FOUND'],
    ['rebuild accounts --discard', 'REBUILD_NOT_FOUND'],
    ['rebuild accounts --cancel', 'REBUILD_NOT_FOUND'],
    ['repair A', 'INVALID_INPUT'],
    ['repair A --view accounts --all-views', 'INVALID_INPUT'],
    ['repair A --view nothing', 'INVALID_INPUT'],
    ['repair NO/BODY --all-views', 'AGGREGATE_NOT_FOUND'],
  ])('%s', async (line, code) => {
    const answer = await ops(line);
    expect(answer).toMatchObject({ code: 1, out: '' });
    expect(answer.err).toMatch(new RegExp(`^${code}: .{10,}\n$`));
  });
});
