import { readFileSync } from 'node:fs';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Page } from '@playwright/test';
import { getRunningChildren } from '#server/local/child-records.ts';
import { findMarkedProcesses } from '#server/local/marked-processes.ts';
import { readRunFile } from '#server/local/run-file.ts';
import { createDynamo, type Dynamo } from '#server/platform/dynamo.ts';
import { lastCommand, openForm, send } from './account-steps.ts';
import { expect, test } from './fixtures.ts';
import { createPlace, type Launched, type Place, runThere } from './launched.ts';

// What is done to this one would be in the way of the tests that share the run's own.
test.describe.configure({ mode: 'serial' });
test.use({ expectedErrors: [/50[034]|409/] });

let place: Place;
let launched: Launched;
let dynamo: Dynamo;

const PATIENCE = { timeout: 30_000 };

test.beforeAll(async () => {
  test.setTimeout(180_000);
  place = await createPlace();
  launched = runThere(place, 'start', '--', '--empty');
  await expect.poll(launched.output, { timeout: 150_000 }).toContain('Playhead is running at');
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

test.afterAll(async () => {
  dynamo.close();
  launched.process.kill('SIGTERM');
  await launched.exited;
  for (const { pid } of await findMarkedProcesses(place.mark, { patienceMs: 0 })) {
    process.kill(pid, 'SIGKILL');
  }
  await place.remove();
});

async function ops(...args: string[]): Promise<string> {
  const { exited, output } = runThere(place, 'ops', '--', ...args);
  expect(await exited, output()).toBe(0);
  return output();
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
  await expect(page.getByText(/Up to date · position/).first()).toBeVisible(PATIENCE);
  await whileFrozen('worker', async () => {
    await ops('deposit', '--account', 'FRESH', '--amount', '1.00', '--currency', 'EUR');
    await expect(page.getByText(/Up to date/)).toHaveCount(0, PATIENCE);
    await expect(page.getByText(/1 event behind/).first()).toBeVisible();
    // The age moves.
    const badge = page.getByText(/^No worker for \d+ s · 1 event behind/).first();
    await expect(badge).toBeVisible(PATIENCE);
    const before = (await badge.textContent()) ?? '';
    await expect(badge).not.toHaveText(before);
    await expect(status(page)).toHaveAccessibleName(/Worker down/);
    await goTo(page, '/projections');
    const card = page.getByRole('article', { name: 'Accounts', exact: true });
    await expect(card).toContainText(/Events behind\s*1/);
    await expect(card).toContainText('Down');
  });
  const card = page.getByRole('article', { name: 'Accounts', exact: true });
  await expect(card).toContainText('Up to date', PATIENCE);
});

test('with PostgreSQL frozen, header and badges agree that nobody knows', async ({ page }) => {
  await goTo(page, '/accounts/FRESH');
  await expect(page.getByText(/Up to date · position/).first()).toBeVisible(PATIENCE);
  await whileFrozen('postgres', async () => {
    await expect(status(page)).toHaveAccessibleName(/PostgreSQL down/, PATIENCE);
    await expect(page.getByText('Freshness unknown').first()).toBeVisible();
    await expect(page.getByText(/Up to date/)).toHaveCount(0);
  });
  await expect(page.getByText(/Up to date · position/).first()).toBeVisible(PATIENCE);
});

test('with DynamoDB frozen, nobody knows how far behind the views are', async ({ page }) => {
  await goTo(page, '/accounts/FRESH');
  await expect(page.getByText(/Up to date · position/).first()).toBeVisible(PATIENCE);
  await whileFrozen('dynamodb', async () => {
    await expect(status(page)).toHaveAccessibleName(/DynamoDB down/, PATIENCE);
    await expect(page.getByText(/Up to date/)).toHaveCount(0, PATIENCE);
    await goTo(page, '/projections');
    await expect(page.getByText(/Up to date/)).toHaveCount(0);
    await expect(page.getByRole('article', { name: 'Accounts', exact: true })).toBeVisible();
  });
  await expect(page.getByRole('article', { name: 'Accounts', exact: true })).toContainText(
    'Up to date',
    PATIENCE,
  );
});

test('a pause is said by the command that waits, and by the drawer', async ({ page }) => {
  await goTo(page, '/accounts/FRESH');
  await ops('pause', 'accounts', '--reason', 'Ticket 7');
  const form = await openForm(page, 'Deposit');
  await expect(form.getByRole('alert')).toContainText('Paused by ops: Ticket 7.', PATIENCE);
  const sentAt = performance.now();
  await send(form, 'Deposit', { Amount: '2.00' });
  await expect(lastCommand(page)).toContainText('Paused by ops: Ticket 7.', { timeout: 4_500 });
  expect(performance.now() - sentAt).toBeLessThan(4_500);
  await ops('resume', 'accounts');
  await expect(lastCommand(page)).toContainText('Visible in', PATIENCE);
});

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
  await expect(page.getByText('This account waits at event 3')).toBeVisible(PATIENCE);
  await expect(page.getByText(/dead-letters retry --account WALL/).first()).toBeVisible();
  await goTo(page, '/');
  const attention = page.getByRole('region', { name: 'Needs attention' });
  await expect(attention.getByText('WALL waits at event 3')).toHaveCount(1, PATIENCE);
  await expect(attention.getByRole('listitem')).toHaveCount(1);
  await goTo(page, '/accounts');
  const row = page.getByRole('row').filter({ hasText: 'WALL' });
  await expect(row).toContainText('Waits at event 3', PATIENCE);
  await goTo(page, '/events');
  await expect(page.getByText('Waits here').first()).toBeVisible(PATIENCE);

  const places = ['accounts', 'transactions', 'daily-balances', 'account-summaries'];
  for (const projection of [...places, 'account-balances', 'recent-transactions']) {
    const key = ['--projection', projection, '--account', 'WALL', '--sequence', '3'];
    await ops('dead-letters', 'skip', ...key, '--reason', 'Not ours');
  }
  await goTo(page, '/accounts/WALL?tab=time-machine&seq=3');
  await expect(page.getByText('Event 3 was skipped')).toBeVisible(PATIENCE);
  await expect(page.getByText(/ops skipped it in .*: Not ours\./).first()).toBeVisible();
  await expect(page.getByText('The account cannot be known from event 3 on')).toBeVisible();
  await page.getByRole('button', { name: 'To event 2, the last one known' }).click();
  await expect(page.getByTestId('balance-at-position')).toContainText('5.00');
  expect(await ops('state', 'WALL', '--at', '2')).toContain('500');
  const reconcile = runThere(place, 'ops', '--', 'reconcile');
  expect(await reconcile.exited).toBe(1);
  expect(reconcile.output()).toContain('Account WALL has an event that cannot be read');
  expect(reconcile.output()).toContain("Account WALL has an event without its command's record");
  await goTo(page, '/');
  await expect(attention.getByText('WALL cannot be folded past event 3')).toBeVisible(PATIENCE);
});
