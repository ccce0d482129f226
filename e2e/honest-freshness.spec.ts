import { readFileSync } from 'node:fs';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Locator, Page } from '@playwright/test';
import { sql } from 'drizzle-orm';
import { getRunningChildren } from '#server/local/child-records.ts';
import { findMarkedProcesses } from '#server/local/marked-processes.ts';
import { readRunFile } from '#server/local/run-file.ts';
import { createDynamo, type Dynamo } from '#server/runtime/platform/dynamo.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { lastCommand, openForm, send } from './account-steps.ts';
import { expect, test } from './fixtures.ts';
import { figureOf, followerOf } from './follower-rows.ts';
import { createPlace, type Launched, type Place, runThere } from './launched.ts';
import { runOpsAt } from './run-ops.ts';
import { SIGN_IN_LINE, type SignedIn, signInBy } from './sign-in.ts';

// What is done to this one would be in the way of the tests that share the run's own.
test.describe.configure({ mode: 'serial' });
test.use({ expectedErrors: [/50[034]|40[49]/] });

let place: Place;
let launched: Launched;
let signedIn: SignedIn;
let dynamo: Dynamo;

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
  for (const account of ['FRESH', 'WALL']) {
    await ops('open', '--account', account, '--owner', `Olga ${account}`, '--currency', 'EUR');
    await ops('deposit', '--account', account, '--amount', '5.00', '--currency', 'EUR');
  }
});

test.beforeEach(({ context }) => context.addCookies(signedIn.cookies));

test.afterAll(async () => {
  dynamo.close();
  launched.process.kill('SIGTERM');
  await launched.exited;
  for (const { pid } of await findMarkedProcesses(place.mark, { timeoutMs: 0 })) {
    process.kill(pid, 'SIGKILL');
  }
  await place.remove();
});

async function ops(...args: string[]): Promise<string> {
  const { code, out, err } = await runOpsAt(place.env, ...args);
  expect(code, err).toBe(0);
  return out;
}

const goTo = (page: Page, path: string) => page.goto(`http://127.0.0.1:${place.port}${path}`);
const status = (page: Page) => page.getByRole('button', { name: /^System status/ });

/** Stops a process as if it hung, for as long as `work` takes. */
async function whileFrozen(name: string, work: () => Promise<void>): Promise<void> {
  const children = await getRunningChildren(place.dataDir);
  const pid = children.find((child) => child.name === name)?.pid ?? 0;
  expect(pid, name).toBeGreaterThan(0);
  // PostgreSQL has a process for each connection.
  const pids = [pid, ...childrenOf(pid)];
  for (const each of pids) {
    process.kill(each, 'SIGSTOP');
  }
  try {
    await work();
  } finally {
    for (const each of pids) {
      process.kill(each, 'SIGCONT');
    }
  }
}

function childrenOf(pid: number): number[] {
  const tasks = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return tasks.split(' ').map(Number).filter(Boolean);
}

test('a frozen worker is never green: what the stream has unread counts', async ({ page }) => {
  await goTo(page, '/accounts/FRESH');
  await expect(page.getByText(/Up to date · position/).first()).toBeVisible(TIMEOUT);
  await whileFrozen('worker', async () => {
    await ops('deposit', '--account', 'FRESH', '--amount', '1.00', '--currency', 'EUR');
    await expect(page.getByText(/Up to date/)).toHaveCount(0, TIMEOUT);
    await expect(page.getByText(/1 event behind/).first()).toBeVisible();
    // The age moves.
    const badge = page.getByText(/^No worker for \d+ s · 1 event behind/).first();
    await expect(badge).toBeVisible(TIMEOUT);
    const before = (await badge.textContent()) ?? '';
    await expect(badge).not.toHaveText(before);
    await expect(status(page)).toHaveAccessibleName(/Worker down/);
    await goTo(page, '/projections');
    await expect(await figureOf(page, 'Accounts', 'Events behind')).toHaveText('1');
    await expect(followerOf(page, 'Accounts')).toContainText('Down');
  });
  await expect(followerOf(page, 'Accounts')).toContainText('Up to date', TIMEOUT);
});

test('a frozen worker is found, restarted in the browser, and on record', async ({ page }) => {
  test.setTimeout(120_000);
  const children = await getRunningChildren(place.dataDir);
  const frozen = children.find(({ name }) => name === 'worker')?.pid ?? 0;
  process.kill(frozen, 'SIGSTOP');
  await ops('deposit', '--account', 'FRESH', '--amount', '3.00', '--currency', 'EUR');
  await goTo(page, '/');
  const attention = page.getByRole('region', { name: 'Needs attention' });
  const cause = attention.getByRole('listitem').filter({ hasText: 'The worker is down' });
  await cause.getByRole('button', { name: 'Restart the worker' }).click(TIMEOUT);
  const dialog = page.getByRole('dialog', { name: 'Restart the worker' });
  await expect(dialog).toContainText('killed when it has not after five seconds');
  await carryOut(dialog, 'Restart the worker', 'A new worker was started');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(attention).toContainText('Nothing needs attention', TIMEOUT);
  expect(await getRunningChildren(place.dataDir)).not.toContainEqual(
    expect.objectContaining({ pid: frozen }),
  );
  await goTo(page, '/accounts/FRESH');
  await expect(page.getByLabel('Ledger of account FRESH in EUR')).toContainText('3.00', TIMEOUT);
  await goTo(page, '/audit');
  const restart = page.getByRole('row').filter({ hasText: 'Restart worker' });
  await expect(restart).toContainText(/The worker.*Ticket 12/);
});

test('with PostgreSQL frozen, header and badges agree that nobody knows', async ({ page }) => {
  await goTo(page, '/accounts/FRESH');
  await expect(page.getByText(/Up to date · position/).first()).toBeVisible(TIMEOUT);
  await whileFrozen('postgres', async () => {
    await expect(status(page)).toHaveAccessibleName(/PostgreSQL down/, TIMEOUT);
    await expect(page.getByText('Freshness unknown').first()).toBeVisible();
    await expect(page.getByText(/Up to date/)).toHaveCount(0);
  });
  await expect(page.getByText(/Up to date · position/).first()).toBeVisible(TIMEOUT);
});

test('with DynamoDB frozen, nobody knows how far behind the views are', async ({ page }) => {
  await goTo(page, '/accounts/FRESH');
  await expect(page.getByText(/Up to date · position/).first()).toBeVisible(TIMEOUT);
  await whileFrozen('dynamodb', async () => {
    await expect(status(page)).toHaveAccessibleName(/DynamoDB down/, TIMEOUT);
    await expect(page.getByText(/Up to date/)).toHaveCount(0, TIMEOUT);
    await goTo(page, '/projections');
    await expect(page.getByText(/Up to date/)).toHaveCount(0);
    await expect(followerOf(page, 'Accounts')).toBeVisible();
  });
  await expect(followerOf(page, 'Accounts')).toContainText('Up to date', TIMEOUT);
});

test('a pause is said by the command that waits, and by the drawer', async ({ page }) => {
  await goTo(page, '/accounts/FRESH');
  await ops('pause', 'accounts', '--reason', 'Ticket 7');
  const form = await openForm(page, 'Deposit');
  await expect(form.getByRole('alert')).toContainText('Paused by ops: Ticket 7.', TIMEOUT);
  const sentAt = performance.now();
  await send(form, 'Deposit', { Amount: '2.00' });
  await expect(lastCommand(page)).toContainText('Paused by ops: Ticket 7.', { timeout: 4_500 });
  expect(performance.now() - sentAt).toBeLessThan(4_500);
  await ops('resume', 'accounts');
  await expect(lastCommand(page)).toContainText('Visible in', TIMEOUT);
});

test('a row that was made wrong by hand is found, and repaired', async ({ page }) => {
  const run = await readRunFile(place.dataDir);
  const postgres = createPostgres(
    { DATABASE_URL: run?.databaseUrl ?? '' },
    { application: 'e2e', max: 1 },
  );
  await postgres.db.execute(sql`UPDATE accounts SET balance = 1 WHERE account_id = 'FRESH'`);
  await postgres.close();
  await goTo(page, '/integrity');
  await page.getByRole('button', { name: 'Reconcile' }).click();
  const differences = page.getByRole('table', { name: 'Differences' });
  const row = differences.getByRole('row').filter({ hasText: 'Account FRESH' });
  await expect(row).toContainText('balance', TIMEOUT);
  await expect(page.getByText('1 aggregate differs')).toBeVisible();
  await expect(row).toContainText('Never: no event made it so');
  await page.reload();
  await row.getByRole('button', { name: 'Repair' }).click();
  const dialog = page.getByRole('dialog', { name: 'Repair Accounts of Account FRESH' });
  await expect(dialog).toContainText('instead of 1');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Ticket 9');
  await dialog.getByRole('button', { name: 'Repair' }).click();
  await expect(dialog.getByRole('status')).toContainText('2 views repaired', TIMEOUT);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await page.getByText('Everything', { exact: true }).click();
  await page.getByRole('button', { name: 'Reconcile' }).click();
  await expect(page.getByText('No difference').first()).toBeVisible(TIMEOUT);
  await expect(page.getByRole('table', { name: 'Runs' }).getByRole('row')).toHaveCount(3);
  await expect(page.getByRole('img', { name: /0 aggregates in the newest/ })).toBeVisible(TIMEOUT);
  const conservation = page.getByRole('region', { name: 'Conservation' });
  await expect(conservation).toContainText('Conserved Money in Accounts, at position');
  await expect(conservation.getByRole('row', { name: /^EUR/ })).toContainText('0.00 EUR');
  await goTo(page, '/');
  const tile = page.getByRole('link', { name: /^Conservation of money/ });
  await expect(tile).toContainText(/Conserved.*At position/);
});

/** Asks for an operation of an alert by its dialog, with a reason. */
async function answerAlert(page: Page, label: string, reason: string): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
  await dialog.getByRole('button', { name: label, exact: true }).click();
  await expect(dialog.getByRole('status')).not.toBeEmpty(TIMEOUT);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toBeHidden();
}

/** The one alert of Overview is acknowledged, taken back, snoozed, and taken back. */
async function quietAndTakeBack(page: Page): Promise<void> {
  const fold = page.getByRole('button', { name: 'Acknowledged and snoozed (1)' });
  const quiet = page.getByRole('list', { name: 'Acknowledged and snoozed' });
  for (const [label, reason] of [
    ['Acknowledge', 'Known since Monday'],
    ['Snooze', 'Until the deployment'],
  ] as const) {
    await answerAlert(page, label, reason);
    await expect(fold).toBeVisible(TIMEOUT);
    await fold.click();
    await expect(quiet.getByRole('listitem')).toContainText(reason);
    await answerAlert(page, 'Take back', 'Looked at again');
    await expect(fold).toBeHidden(TIMEOUT);
    await goTo(page, '/');
  }
  // Nothing turned green by it.
  const attention = page.getByRole('region', { name: 'Needs attention' });
  await expect(attention.getByText('WALL waits at event 3')).toBeVisible(TIMEOUT);
}

test('an event of unknown type is said where one looks, also after it was skipped', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const Item = {
    aggregateId: 'account#WALL',
    eventSequence: 3,
    eventId: 'e2e-unknown-type',
    eventType: 'AccountFrozen',
    eventData: { until: '2027' },
    correlationId: 'c',
    causationId: 'c',
    timestamp: new Date().toISOString(),
    version: 1,
    metadata: { actor: 'e2e', commandId: 'c', commandType: 'FreezeAccount' },
  };
  await dynamo.documents.send(new PutCommand({ TableName: dynamo.tables.events, Item }));
  await goTo(page, '/accounts/WALL');
  await expect(page.getByText('This account waits at event 3')).toBeVisible(TIMEOUT);
  await goTo(page, '/');
  const attention = page.getByRole('region', { name: 'Needs attention' });
  await expect(attention.getByText('WALL waits at event 3')).toHaveCount(1, TIMEOUT);
  await expect(attention.getByRole('listitem')).toHaveCount(1);
  await quietAndTakeBack(page);
  await goTo(page, '/accounts');
  const row = page.getByRole('row').filter({ hasText: 'WALL' });
  await expect(row).toContainText('Waits at event 3', TIMEOUT);
  await goTo(page, '/events');
  await expect(page.getByText('Waits here').first()).toBeVisible(TIMEOUT);

  await goTo(page, '/accounts/WALL');
  await page.getByRole('button', { name: 'Retry', exact: true }).click();
  const dialog = page.getByRole('dialog', {
    name: 'Retry Event 3 (AccountFrozen) of Account WALL',
  });
  await dialog.getByRole('button', { name: 'Retry' }).click();
  await expect(dialog).toContainText('Say why: the record of operators keeps it.');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Perhaps it passes');
  await dialog.getByRole('button', { name: 'Retry' }).click();
  await expect(dialog.getByRole('status')).toContainText('6 wait again', TIMEOUT);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: 'Skip', exact: true }).click();
  const skip = page.getByRole('dialog', { name: 'Skip Event 3 (AccountFrozen) of Account WALL' });
  await expect(skip).toContainText('is left out of');
  await skip.getByRole('textbox', { name: 'Reason' }).fill('Not ours');
  await skip.getByRole('button', { name: 'Skip' }).click();
  await expect(skip.getByRole('status')).toContainText('Skipped in 6 views', TIMEOUT);
  await skip.getByRole('button', { name: 'Close' }).last().click();
  await goTo(page, '/audit');
  const skips = page.getByRole('row').filter({ hasText: 'Skip dead letter' });
  // In four projections, and in the two hot views when it was begun and when it was done.
  await expect(skips).toHaveCount(8);
  await expect(skips.first()).toContainText('Not ours');
  await goTo(page, '/accounts/WALL?tab=time-machine&seq=3');
  await expect(page.getByText('Event 3 was skipped')).toBeVisible(TIMEOUT);
  await expect(page.getByText(/operator skipped it in .*: Not ours\./).first()).toBeVisible();
  await expect(page.getByText('The account cannot be known from event 3 on')).toBeVisible();
  await page.getByRole('button', { name: 'To event 2, the last one known' }).click();
  await expect(page.getByTestId('balance-at-position')).toContainText('5.00');
  expect(await ops('state', 'WALL', '--at', '2')).toContain('500');
  const reconcile = await runOpsAt(place.env, 'reconcile');
  expect(reconcile.code).toBe(1);
  expect(reconcile.out).toContain('account#WALL has an event that cannot be read');
  expect(reconcile.out).toContain("account#WALL has an event without its command's record");
  await goTo(page, '/');
  await expect(attention.getByText('WALL cannot be folded past event 3')).toBeVisible(TIMEOUT);
});

/** Gives a reason, asks for what the dialog is about, and waits for what comes of it. */
async function carryOut(dialog: Locator, action: string, outcome: string): Promise<void> {
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Ticket 12');
  await dialog.getByRole('button', { name: action, exact: true }).click();
  await expect(dialog.getByRole('status')).toContainText(outcome, TIMEOUT);
}

test('dead letters are found from the overview, retried as a sample, mended, and skipped', async ({
  page,
}) => {
  test.setTimeout(90_000);
  const TableName = dynamo.tables.events;
  const Key = { aggregateId: 'account#FRESH', eventSequence: 1 };
  const { Item: opened } = await dynamo.documents.send(new GetCommand({ TableName, Key }));
  const put = (id: string, more: object) => {
    const Item = { ...opened, aggregateId: `account#${id}`, eventId: `e2e-${id}`, ...more };
    return dynamo.documents.send(new PutCommand({ TableName, Item }));
  };
  for (const id of ['L1', 'L2', 'L3', 'L4', 'L5', 'L6']) {
    await put(id, { metadata: 'none' });
  }
  await goTo(page, '/');
  const attention = page.getByRole('region', { name: 'Needs attention' });
  const cause = attention.getByRole('listitem').filter({ hasText: 'waits at event 1' });
  await expect(cause).toContainText('5 more events have the same cause', TIMEOUT);
  await cause.getByRole('link', { name: 'Dead letters' }).click();
  const causes = page.getByRole('table', { name: 'Causes' });
  await expect(causes.getByRole('row').filter({ hasText: 'Journal' })).toContainText('6');
  await causes.getByRole('row').filter({ hasText: 'Journal' }).getByRole('button').click();
  const aggregates = page.getByRole('table', { name: 'Aggregates that wait' });
  await expect(aggregates.getByRole('row')).toHaveCount(7);

  await page.getByRole('button', { name: 'Retry five' }).click();
  const sample = page.getByRole('dialog', { name: /^Retry five of 6 aggregates/ });
  await carryOut(sample, 'Retry five', '5 dead letters retried: 0 settled');
  await expect(sample).toContainText('Account L1 waits again in Journal, at event 1');
  await sample.getByRole('button', { name: 'Close' }).last().click();
  await expect(sample).toBeHidden();
  await expect(page.getByRole('button', { name: 'Retry five' })).toBeFocused();

  // By keys: the first row, and what it holds.
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const letter = page.getByRole('dialog', { name: /^Event 1 .* of Account L1$/ });
  await expect(letter.getByRole('region', { name: 'Raw item' })).toContainText('"none"');
  await put('L1', {});
  await letter.getByRole('button', { name: 'Retry in every view' }).click();
  const retry = page.getByRole('dialog', { name: /in every view$/ });
  await carryOut(retry, 'Retry in every view', '3 dead letters retried: 3 settled');
  await retry.getByRole('button', { name: 'Close' }).last().click();
  await expect(letter).toContainText('It waits here no more');
  await page.keyboard.press('Escape');
  await expect(aggregates.getByRole('row')).toHaveCount(6);
  await expect(aggregates).not.toContainText('Account L1');

  await aggregates.getByRole('button', { name: 'Account L2' }).click();
  const other = page.getByRole('dialog', { name: /of Account L2$/ });
  await other.getByRole('button', { name: 'Skip in every view' }).click();
  const skip = page.getByRole('dialog', { name: /^Skip .* in every view$/ });
  await expect(skip).toContainText('what they hold differs from the events');
  await carryOut(skip, 'Skip in every view', 'Skipped in 3 views');
  await skip.getByRole('button', { name: 'Close' }).last().click();
  await expect(skip).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(other).toBeHidden();
  await page.locator('label').filter({ hasText: 'Skipped' }).click();
  await causes.getByRole('row').filter({ hasText: 'Journal' }).getByRole('button').click();
  const skipped = page.getByRole('table', { name: 'Skipped events' });
  await expect(skipped.getByRole('row').filter({ hasText: 'Account L2' })).toContainText(
    /Cannot be folded.*operator.*Ticket 12/,
  );
  await page.goBack();
  await expect(skipped).toBeHidden();
  await page.goBack();
  await expect(page.getByRole('radio', { name: 'Waiting' })).toBeChecked();
});
