import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Page } from '@playwright/test';
import { sql } from 'drizzle-orm';
import { getRunningChildren } from '#server/local/child-records.ts';
import { findMarkedProcesses } from '#server/local/marked-processes.ts';
import { readRunFile } from '#server/local/run-file.ts';
import { accountsView } from '#server/modules/bank/views/accounts/accounts-view.ts';
import { createDynamo, type Dynamo } from '#server/runtime/platform/dynamo.ts';
import { createPostgres, type Postgres } from '#server/runtime/platform/postgres.ts';
import { requestRebuild } from '#server/runtime/rebuild/request-rebuild.ts';
import { CLAIM_MS } from '#server/runtime/views/claim.ts';
import { expect, test } from './fixtures.ts';
import { figureOf, followerOf } from './follower-rows.ts';
import { createPlace, type Launched, type Place, runThere } from './launched.ts';
import { runOpsAt } from './run-ops.ts';
import { SIGN_IN_LINE, type SignedIn, signInBy } from './sign-in.ts';

// What is done to this one would be in the way of the tests that share the run's own.
test.describe.configure({ mode: 'serial' });
test.use({ expectedErrors: [/503 \(Service Unavailable\)/] });

let place: Place;
let launched: Launched;
let signedIn: SignedIn;
let dynamo: Dynamo;
let postgres: Postgres;

/** More than an error must last to be called stuck, and a heartbeat to be missed. */
const TIMEOUT = { timeout: 30_000 };

test.beforeAll(async () => {
  test.setTimeout(180_000);
  place = await createPlace();
  launched = runThere(place, 'start', '--', '--empty');
  await expect.poll(launched.output, { timeout: 150_000 }).toMatch(SIGN_IN_LINE);
  signedIn = await signInBy(launched.output());
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

test.beforeEach(({ context }) => context.addCookies(signedIn.cookies));

test.afterAll(async () => {
  dynamo.close();
  await postgres.close();
  launched.process.kill('SIGTERM');
  await launched.exited;
  for (const { pid } of await findMarkedProcesses(place.mark, { timeoutMs: 0 })) {
    process.kill(pid, 'SIGKILL');
  }
  await place.remove();
});

async function ops(...args: string[]): Promise<void> {
  const { code, err } = await runOpsAt(place.env, ...args);
  expect(code, err).toBe(0);
}

const openPage = (page: Page) => page.goto(`http://127.0.0.1:${place.port}/projections`);

/** Asks for an operation in the dialog that a button has opened, and closes it. */
async function carryOut(page: Page, title: string, label: string, outcome: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title });
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Ticket 7');
  await dialog.getByRole('button', { name: label, exact: true }).click();
  await expect(dialog.getByRole('status')).toContainText(outcome, TIMEOUT);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toBeHidden();
}

test('paused by a button: who, why, and how it goes on', async ({ page }) => {
  await openPage(page);
  const paused = [
    ['Transactions', 'transactions'],
    ['Hot views', 'hot-views'],
  ] as const;
  for (const [label, name] of paused) {
    await followerOf(page, label).getByRole('button', { name: 'Pause' }).click();
    await carryOut(page, `Pause ${label}`, 'Pause', 'Paused.');
    await expect(followerOf(page, label)).toContainText('Paused');
    await expect(followerOf(page, label)).toContainText('Paused by local-operator: Ticket 7.');
    await expect(followerOf(page, label)).toContainText(`npm run ops -- resume ${name}`);
  }
  await expect(followerOf(page, 'account-balances')).toContainText(
    'Paused by local-operator: Ticket 7.',
  );
  await ops('open', '--account', 'PAUSED-1', '--owner', 'Ada', '--currency', 'EUR');
  for (const [label] of paused) {
    await expect(await figureOf(page, label, 'Events behind')).toHaveText('1');
  }
  for (const [label, name] of paused) {
    await page.getByRole('button', { name: label, exact: true }).click();
    const details = page.getByRole('dialog', { name: `${label} ${name}` });
    await expect(details).toContainText('Pause by local-operator: Ticket 7');
    await details.getByRole('button', { name: 'Resume' }).click();
    await carryOut(page, `Resume ${label}`, 'Resume', 'It goes on.');
    await details.getByRole('button', { name: 'Close' }).click();
    await expect(followerOf(page, label)).toContainText('Up to date');
  }
});

test('blocked: where aggregates wait, on the rows of the consumers as well', async ({ page }) => {
  await openPage(page);
  const broken = { aggregateId: 'account#BROKEN', eventSequence: 1, what: 'no event' };
  await dynamo.documents.send(new PutCommand({ TableName: dynamo.tables.events, Item: broken }));
  for (const [card, sentence] of [
    ['Journal', '1 aggregate waits at dead letters in the journal.'],
    ['Hot views', '1 aggregate waits at dead letters in account-balances.'],
  ] as const) {
    await expect(followerOf(page, card)).toContainText('Blocked', TIMEOUT);
    await expect(followerOf(page, card)).toContainText(sentence);
    await expect(followerOf(page, card)).toContainText('All others go on.');
  }
  for (const projection of ['journal', 'account-balances', 'recent-transactions']) {
    const key = ['--projection', projection, '--account', 'BROKEN', '--sequence', '1'];
    await ops('dead-letters', 'skip', ...key, '--reason', 'Not ours');
  }
  for (const card of ['Journal', 'Hot views']) {
    await expect(followerOf(page, card)).toContainText('Up to date');
  }
});

test('outdated: hot views of an older program, on their row and on the account', async ({
  page,
}) => {
  const { documents, tables } = dynamo;
  const marker = { consumer: 'hot-view-version', shardId: 'account-balances', version: 1 };
  await documents.send(new PutCommand({ TableName: tables.leases, Item: marker }));
  const old = { accountId: 'PAUSED-1', sequence: 1, balance: '0', currency: 'EUR' };
  await documents.send(
    new PutCommand({ TableName: `${tables.prefix}account-balances`, Item: old }),
  );
  await openPage(page);
  const card = followerOf(page, 'Hot views');
  await expect(card).toContainText('Outdated', TIMEOUT);
  await expect(card).toContainText('npm run ops -- rebuild account-balances brings all.');
  await expect(followerOf(page, 'account-balances')).toContainText('Outdated');
  await expect(followerOf(page, 'recent-transactions')).toContainText('Up to date');
  await page.goto(`http://127.0.0.1:${place.port}/accounts/PAUSED-1`);
  const view = page.getByRole('region', { name: 'account-balances' });
  await expect(view).toContainText('Not usable');
  await expect(view).toContainText('was written by version 1 of the view');
  await ops('rebuild', 'account-balances');
  await openPage(page);
  await expect(card).toContainText('Up to date', TIMEOUT);
  await page.goto(`http://127.0.0.1:${place.port}/accounts/PAUSED-1`);
  await expect(view).toContainText('At event 1');
});

test('stuck: what is in the way, and that it is tried again', async ({ page }) => {
  await postgres.db.execute(sql`ALTER TABLE daily_balances RENAME TO hidden`);
  await ops('deposit', '--account', 'PAUSED-1', '--amount', '5.00', '--currency', 'EUR');
  await openPage(page);
  const card = followerOf(page, 'Daily balances');
  await expect(card).toContainText('Stuck', TIMEOUT);
  await expect(card).toContainText('relation "playhead.daily_balances" does not exist');
  await expect(card).toContainText('It tries again by itself.');
  await postgres.db.execute(sql`ALTER TABLE hidden RENAME TO daily_balances`);
  await expect(card).toContainText('Up to date', TIMEOUT);
});

test('rebuilding: beside what serves', async ({ page }) => {
  await openPage(page);
  // As if a worker that is slow were at it, for as long as this looks: in one transaction, or the real one
  // may have filled it before.
  const claimedUntil = sql`clock_timestamp() + make_interval(secs => ${CLAIM_MS / 1_000})`;
  const id = await postgres.db.transaction(async (tx) => {
    const rebuild = await requestRebuild(tx, accountsView, { actor: 'e2e' });
    await tx.execute(sql`
      UPDATE rebuilds SET worker = 'slow', claimed_until = ${claimedUntil} WHERE id = ${rebuild.id}
    `);
    return rebuild.id;
  });
  const renewal = sql`
    UPDATE rebuilds SET claimed_until = ${claimedUntil} WHERE id = ${id} AND worker = 'slow'
  `;
  // Drizzle sends a query when somebody waits for it, not before.
  const claiming = setInterval(() => postgres.db.execute(renewal).then(), CLAIM_MS / 4);
  try {
    await expect(followerOf(page, 'Accounts')).toContainText('Rebuilding');
    await ops('rebuild', 'accounts', '--cancel');
  } finally {
    clearInterval(claiming);
  }
  await expect(followerOf(page, 'Accounts')).toContainText('Up to date');
});

test('a rebuild from the dry run to the roll back, of a view that was made wrong', async ({
  page,
}) => {
  const owner = () =>
    postgres.db
      .execute(sql`SELECT owner FROM accounts WHERE account_id = 'PAUSED-1'`)
      .then(([row]) => row?.owner);
  await postgres.db.execute(sql`UPDATE accounts SET owner = 'Eve' WHERE account_id = 'PAUSED-1'`);
  await openPage(page);
  await followerOf(page, 'Accounts').getByRole('link', { name: 'Rebuild…' }).click();
  const step = (name: string) => page.getByRole('listitem', { name, exact: true });
  const press = (name: string, button: string) =>
    step(name).getByRole('button', { name: button, exact: true }).click();
  await press('Dry run', 'Dry run');
  await expect(step('Dry run')).toContainText('1 would change');
  const change = step('Dry run').getByRole('row', { name: 'PAUSED-1' });
  await expect(change).toContainText('owner');
  await expect(change).toContainText('EveAda');
  await expect(step('Compare').getByRole('button')).toHaveAccessibleDescription(
    'There is no new generation that is ready to be compared.',
  );
  await press('Build', 'Rebuild');
  await carryOut(page, 'Rebuild Accounts', 'Rebuild', 'has begun.');
  await expect(step('Build')).toContainText('is filled up to position', TIMEOUT);
  await press('Compare', 'Compare');
  await expect(step('Compare')).toContainText('1 row differs');
  await expect(step('Compare').locator('mark')).toHaveText(['Eve', 'Ada']);
  // The address has both results.
  await page.reload();
  await expect(step('Dry run')).toContainText('1 would change');
  await expect(step('Compare').locator('mark')).toHaveText(['Eve', 'Ada']);
  await press('Swap or discard', 'Swap in');
  const swap = 'Swap the new generation of Accounts in';
  await carryOut(page, swap, 'Swap in', 'The new generation serves');
  expect(await owner()).toBe('Ada');
  await press('Dry run', 'Dry run again');
  await expect(step('Dry run')).toContainText('Nothing would change');
  await press('Roll back', 'Roll back');
  await carryOut(page, 'Roll Accounts back', 'Roll back', 'The previous generation serves again');
  expect(await owner()).toBe('Eve');
  await page.goBack();
  await expect(step('Dry run')).toContainText('1 would change');
  const history = page.getByRole('table', { name: 'Rebuilds so far' });
  await expect(history.getByRole('row', { name: /Rollback/ })).toContainText('Swapped in');
  await openPage(page);
  await page.getByRole('button', { name: 'Accounts', exact: true }).click();
  const details = page.getByRole('dialog', { name: 'Accounts accounts' });
  await details.getByRole('button', { name: 'Roll back' }).click();
  await carryOut(page, 'Roll Accounts back', 'Roll back', 'The previous generation serves again');
  expect(await owner()).toBe('Ada');
});

test('a view whose code has changed is found on the overview, and rebuilt in the browser', async ({
  page,
}) => {
  // As an older program left it: other rows, of the version before.
  await postgres.db.execute(
    sql`UPDATE projections SET version = version - 1 WHERE name = 'account-summaries'`,
  );
  await ops('deposit', '--account', 'PAUSED-1', '--amount', '7.00', '--currency', 'EUR');
  await page.goto(`http://127.0.0.1:${place.port}/`);
  const attention = page.getByRole('region', { name: 'Needs attention' });
  const cause = attention
    .getByRole('listitem')
    .filter({ hasText: 'Account summaries is outdated' });
  await expect(cause).toContainText(/tables hold version \d, the code is version \d/, TIMEOUT);
  await cause.getByRole('link', { name: 'Rebuild…' }).click();
  const step = (name: string) => page.getByRole('listitem', { name, exact: true });
  const press = (name: string, button: string) =>
    step(name).getByRole('button', { name: button, exact: true }).click();
  await press('Build', 'Rebuild');
  await carryOut(page, 'Rebuild Account summaries', 'Rebuild', 'has begun.');
  await expect(step('Build')).toContainText('is filled up to position', TIMEOUT);
  await press('Swap or discard', 'Swap in');
  const swap = 'Swap the new generation of Account summaries in';
  await carryOut(page, swap, 'Swap in', 'The new generation serves');
  await page.goto(`http://127.0.0.1:${place.port}/`);
  await expect(cause).toBeHidden(TIMEOUT);
  await openPage(page);
  await expect(followerOf(page, 'Account summaries')).toContainText('Up to date', TIMEOUT);
});

test('a hot view is tried and rebuilt in its place, and the journal completed', async ({
  page,
}) => {
  await openPage(page);
  const { documents, tables } = dynamo;
  const stored = { TableName: `${tables.prefix}account-balances`, Key: { accountId: 'PAUSED-1' } };
  const ownerOf = async () => (await documents.send(new GetCommand(stored))).Item?.owner;
  await documents.send(
    new UpdateCommand({
      ...stored,
      UpdateExpression: 'SET #owner = :eve',
      ExpressionAttributeNames: { '#owner': 'owner' },
      ExpressionAttributeValues: { ':eve': 'Eve' },
    }),
  );
  await followerOf(page, 'account-balances').getByRole('link', { name: 'Rebuild…' }).click();
  const dryRun = page.getByRole('listitem', { name: 'Dry run' });
  await dryRun.getByRole('button', { name: 'Dry run' }).click();
  await expect(dryRun).toContainText('1 would change', TIMEOUT);
  const change = dryRun.getByRole('row', { name: 'PAUSED-1' });
  await expect(change).toHaveCount(1);
  await expect(change).toContainText('ownerEveAda');
  expect(await ownerOf()).toBe('Eve');
  const hot = page.getByRole('listitem', { name: 'Rebuilt in its place' });
  await hot.getByRole('button', { name: 'Rebuild' }).click();
  await carryOut(page, 'Rebuild account-balances', 'Rebuild', 'as they should be, 1 written');
  await expect(hot.getByRole('status')).toContainText('as they should be, 1 written');
  expect(await ownerOf()).toBe('Ada');
  await dryRun.getByRole('button', { name: 'Dry run again' }).click();
  await expect(dryRun).toContainText('Nothing would change', TIMEOUT);
  await openPage(page);
  await followerOf(page, 'Journal').getByRole('link', { name: 'Rebuild…' }).click();
  const journal = page.getByRole('listitem', { name: 'Completed in its place' });
  await journal.getByRole('button', { name: 'Complete' }).click();
  await carryOut(page, 'Complete the journal', 'Complete', 'is being completed');
  await expect(journal).toContainText(/State\s*Complete/, TIMEOUT);
});

test('down: no worker runs it, and what that means', async ({ page }) => {
  await openPage(page);
  const children = await getRunningChildren(place.dataDir);
  const worker = children.find(({ name }) => name === 'worker')?.pid ?? 0;
  process.kill(worker, 'SIGSTOP');
  try {
    for (const card of ['Accounts', 'Journal', 'Hot views']) {
      await expect(followerOf(page, card)).toContainText('Down', TIMEOUT);
    }
    await expect(page.getByText('The worker is down, so no view moves')).toBeVisible();
  } finally {
    process.kill(worker, 'SIGCONT');
  }
  for (const card of ['Accounts', 'Journal', 'Hot views']) {
    await expect(followerOf(page, card)).toContainText('Up to date', TIMEOUT);
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
