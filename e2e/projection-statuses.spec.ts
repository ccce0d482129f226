import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Page } from '@playwright/test';
import { sql } from 'drizzle-orm';
import { getRunningChildren } from '#server/local/child-records.ts';
import { findMarkedProcesses } from '#server/local/marked-processes.ts';
import { readRunFile } from '#server/local/run-file.ts';
import { createDynamo, type Dynamo } from '#server/platform/dynamo.ts';
import { createPostgres, type Postgres } from '#server/platform/postgres.ts';
import { accountsProjection } from '#server/projections/accounts/accounts-projection.ts';
import { CLAIM_MS } from '#server/projections/claim.ts';
import { requestRebuild } from '#server/projections/rebuild/request-rebuild.ts';
import { expect, test } from './fixtures.ts';
import { createPlace, type Launched, type Place, runThere } from './launched.ts';

// What is done to this one would be in the way of the tests that share the run's own.
test.describe.configure({ mode: 'serial' });
test.use({ expectedErrors: [/503 \(Service Unavailable\)/] });

let place: Place;
let launched: Launched;
let dynamo: Dynamo;
let postgres: Postgres;

/** More than an error must last to be called stuck, and a heartbeat to be missed. */
const PATIENCE = { timeout: 30_000 };

test.beforeAll(async () => {
  test.setTimeout(120_000);
  place = await createPlace();
  launched = runThere(place, 'start', '--', '--empty');
  await expect.poll(launched.output, { timeout: 90_000 }).toContain('Playhead is running at');
  const run = await readRunFile(place.dataDir);
  dynamo = createDynamo({
    DYNAMODB_ENDPOINT: run?.dynamodbEndpoint ?? '',
    AWS_REGION: 'us-east-1',
    TABLE_PREFIX: 'playhead-',
  });
  postgres = createPostgres(
    { DATABASE_URL: run?.databaseUrl ?? '' },
    { application: 'e2e', max: 2 },
  );
});

test.afterAll(async () => {
  dynamo.close();
  await postgres.close();
  launched.process.kill('SIGTERM');
  await launched.exited;
  for (const { pid } of await findMarkedProcesses(place.mark, { patienceMs: 0 })) {
    process.kill(pid, 'SIGKILL');
  }
  await place.remove();
});

async function ops(...args: string[]): Promise<void> {
  const { exited, output } = runThere(place, 'ops', '--', ...args);
  expect(await exited, output()).toBe(0);
}

const openPage = (page: Page) => page.goto(`http://127.0.0.1:${place.port}/projections`);
const cardOf = (page: Page, name: string) => page.getByRole('article', { name, exact: true });

test('paused: who, why, and how it goes on', async ({ page }) => {
  await ops('pause', 'transactions', '--reason', 'Ticket 7');
  await ops('pause', 'hot-views', '--reason', 'Ticket 8');
  await openPage(page);
  for (const [card, name, ticket] of [
    ['Transactions', 'transactions', 7],
    ['Hot views', 'hot-views', 8],
  ] as const) {
    await expect(cardOf(page, card)).toContainText('Paused');
    await expect(cardOf(page, card)).toContainText(`Paused by ops: Ticket ${ticket}.`);
    await expect(cardOf(page, card)).toContainText(`npm run ops -- resume ${name}`);
  }
  await ops('open', '--account', 'PAUSED-1', '--owner', 'Ada', '--currency', 'EUR');
  for (const card of ['Transactions', 'Hot views']) {
    await expect(cardOf(page, card)).toContainText(/Events behind\s*1/);
  }
  await ops('resume', 'transactions');
  await ops('resume', 'hot-views');
  for (const card of ['Transactions', 'Hot views']) {
    await expect(cardOf(page, card)).toContainText('Up to date');
  }
});

test('blocked: where accounts wait, on the cards of the consumers as well', async ({ page }) => {
  await openPage(page);
  const broken = { aggregateId: 'account#BROKEN', eventSequence: 1, what: 'no event' };
  await dynamo.documents.send(new PutCommand({ TableName: dynamo.tables.events, Item: broken }));
  for (const [card, sentence] of [
    ['Journal', '1 account waits at dead letters in the journal.'],
    ['Hot views', '1 account waits at dead letters in account-balances.'],
  ] as const) {
    await expect(cardOf(page, card)).toContainText('Blocked', PATIENCE);
    await expect(cardOf(page, card)).toContainText(sentence);
    await expect(cardOf(page, card)).toContainText('All others go on.');
  }
  for (const projection of ['journal', 'account-balances', 'recent-transactions']) {
    const key = ['--projection', projection, '--account', 'BROKEN', '--sequence', '1'];
    await ops('dead-letters', 'skip', ...key, '--reason', 'Not ours');
  }
  for (const card of ['Journal', 'Hot views']) {
    await expect(cardOf(page, card)).toContainText('Up to date');
  }
});

test('outdated: hot views of an older program, on their card and on the account', async ({
  page,
}) => {
  const { documents, tables } = dynamo;
  const marker = { consumer: 'hot-view-version', shardId: 'account-balances', version: 1 };
  await documents.send(new PutCommand({ TableName: tables.leases, Item: marker }));
  const old = { accountId: 'PAUSED-1', sequence: 1, balance: '0', currency: 'EUR' };
  await documents.send(new PutCommand({ TableName: tables.accountBalances, Item: old }));
  await openPage(page);
  const card = cardOf(page, 'Hot views');
  await expect(card).toContainText('Outdated', PATIENCE);
  await expect(card).toContainText('npm run ops -- rebuild account-balances brings all.');
  await page.goto(`http://127.0.0.1:${place.port}/accounts/PAUSED-1`);
  const view = page.getByRole('region', { name: 'account-balances' });
  await expect(view).toContainText('Not usable');
  await expect(view).toContainText('was written by version 1 of the view');
  await ops('rebuild', 'account-balances');
  await openPage(page);
  await expect(card).toContainText('Up to date', PATIENCE);
  await page.goto(`http://127.0.0.1:${place.port}/accounts/PAUSED-1`);
  await expect(view).toContainText('At event 1');
});

test('stuck: what is in the way, and that it is tried again', async ({ page }) => {
  await postgres.db.execute(sql`ALTER TABLE daily_balances RENAME TO hidden`);
  await ops('deposit', '--account', 'PAUSED-1', '--amount', '5.00', '--currency', 'EUR');
  await openPage(page);
  const card = cardOf(page, 'Daily balances');
  await expect(card).toContainText('Stuck', PATIENCE);
  await expect(card).toContainText('relation "playhead.daily_balances" does not exist');
  await expect(card).toContainText('It tries again by itself.');
  await postgres.db.execute(sql`ALTER TABLE hidden RENAME TO daily_balances`);
  await expect(card).toContainText('Up to date', PATIENCE);
});

test('rebuilding: beside what serves', async ({ page }) => {
  await openPage(page);
  const { id } = await requestRebuild(postgres.db, accountsProjection, { actor: 'e2e' });
  // As if a worker that is slow were at it, for as long as this looks.
  const claimedUntil = sql`clock_timestamp() + make_interval(secs => ${CLAIM_MS / 1_000})`;
  await postgres.db.execute(sql`
    UPDATE rebuilds SET status = 'running', worker = 'slow', claimed_until = ${claimedUntil}
    WHERE id = ${id}
  `);
  const claiming = setInterval(() => {
    void postgres.db.execute(sql`
      UPDATE rebuilds SET claimed_until = ${claimedUntil} WHERE id = ${id} AND worker = 'slow'
    `);
  }, CLAIM_MS / 4);
  try {
    await expect(cardOf(page, 'Accounts')).toContainText('Rebuilding');
    await ops('rebuild', 'accounts', '--cancel');
  } finally {
    clearInterval(claiming);
  }
  await expect(cardOf(page, 'Accounts')).toContainText('Up to date');
});

test('down: no worker runs it, and what that means', async ({ page }) => {
  await openPage(page);
  const children = await getRunningChildren(place.dataDir);
  const worker = children.find(({ name }) => name === 'worker')?.pid ?? 0;
  process.kill(worker, 'SIGSTOP');
  try {
    for (const card of ['Accounts', 'Journal', 'Hot views']) {
      await expect(cardOf(page, card)).toContainText('Down', PATIENCE);
    }
    await expect(page.getByText('The worker is down, so no view moves')).toBeVisible();
  } finally {
    process.kill(worker, 'SIGCONT');
  }
  for (const card of ['Accounts', 'Journal', 'Hot views']) {
    await expect(cardOf(page, card)).toContainText('Up to date', PATIENCE);
  }
});

// The last one: what it leaves lets an account wait.
test('the timeline of an account shows what lies among its events and is none', async ({
  page,
}) => {
  await ops('open', '--account', 'LINES', '--owner', 'Ada', '--currency', 'EUR');
  const strange = { aggregateId: 'account#LINES', eventSequence: 2, what: 'kept by hand' };
  await dynamo.documents.send(new PutCommand({ TableName: dynamo.tables.events, Item: strange }));
  await page.goto(`http://127.0.0.1:${place.port}/accounts/LINES?tab=timeline`);
  const entry = page.getByRole('article', { name: 'Event 2, unreadable' });
  await expect(entry).toContainText('This item is no event');
  await expect(entry).toContainText('account#LINES/2 is not an event');
  await expect(page.getByRole('article', { name: 'Event 1', exact: true })).toContainText('Opened');
});
