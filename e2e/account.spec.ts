import {
  gotoAccount,
  importAccount,
  lastCommand,
  openAccount,
  openForm,
  send,
} from './account-steps.ts';
import { expect, test } from './fixtures.ts';
import { runOps } from './run-ops.ts';

test('the header says whose account it is, what it holds, and how fresh that is', async ({
  page,
}) => {
  const accountId = await openAccount({ overdraft: '250.00', currency: 'KWD' });
  await gotoAccount(page, accountId);
  await expect(page).toHaveTitle(`${accountId} · Playhead`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Test ${accountId}`);
  await expect(page.getByRole('button', { name: 'Copy account number' })).toBeVisible();
  await expect(page.getByTestId('balance')).toHaveText('0.000 KWD');
  await expect(page.getByText('250.000 available')).toBeVisible();
  await expect(page.getByText(/Up to date · position/).first()).toBeVisible();

  await page.getByText('Event store', { exact: true }).click();
  await expect(page).toHaveURL(/consistency=strong/);
  await expect(page.getByText('Folded from event 1 to 1')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Folded from event 1 to 1')).toBeVisible();
  await send(await openForm(page, 'Deposit'), 'Deposit', { Amount: '1.005' });
  await expect(page.getByTestId('balance')).toHaveText('1.005 KWD');
  await expect(lastCommand(page)).toContainText('read from the event store and shown');
});

test('the number is found in any spelling', async ({ page }) => {
  await page.goto('/accounts/de87%205001%200099%200001%201209%2034');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Anna Lindqvist');
});

test.describe('an unknown account', () => {
  test.use({ expectedErrors: [/404/] });

  test('leads to the search', async ({ page }) => {
    await page.goto('/accounts/NOBODY-7');
    await expect(page.getByText('There is no account NOBODY-7')).toBeVisible();
    await page.getByRole('link', { name: 'Search accounts' }).click();
    await expect(page).toHaveURL('/accounts?q=NOBODY-7');
  });
});

test('the ledger is searched and filtered on the server, in the URL', async ({ page }) => {
  const accountId = await importAccount(400);
  await gotoAccount(page, accountId);
  const ledger = page.getByRole('table', { name: /^Ledger/ });
  await expect(ledger).toHaveAttribute('aria-rowcount', '400');

  await page.getByText('Withdrawals', { exact: true }).click();
  await expect(page).toHaveURL(/type=withdrawal/);
  await expect(ledger).toHaveAttribute('aria-rowcount', '134');
  await page.reload();
  await expect(ledger).toHaveAttribute('aria-rowcount', '134');
  await page.getByText('Withdrawals', { exact: true }).click();
  await expect(ledger).toHaveAttribute('aria-rowcount', '400');

  await page.getByRole('searchbox', { name: 'Search the ledger' }).fill('nothing has this');
  await expect(page.getByText('No movement matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the search' }).click();

  // The rows beyond the first page come as the reader scrolls; those out of sight are not drawn.
  await expect(ledger).toHaveAttribute('aria-rowcount', '400');
  await expect(async () => {
    await page.mouse.wheel(0, 20_000);
    await expect(ledger.getByRole('row').last()).toHaveAttribute('aria-rowindex', '400', {
      timeout: 500,
    });
  }).toPass();
  await expect(page.getByText('399 movements: this is all of them')).toBeVisible();
  expect(await ledger.getByRole('row').count()).toBeLessThan(120);
});

test('the ledger is narrowed to days and amounts', async ({ page }) => {
  const accountId = await importAccount(60);
  await gotoAccount(page, accountId);
  const ledger = page.getByRole('table', { name: /^Ledger/ });
  await expect(ledger).toHaveAttribute('aria-rowcount', '60');
  await page.getByRole('button', { name: 'Amount' }).click();
  await page.getByLabel('At least').fill('48');
  await page.getByLabel('At least').press('Enter');
  await expect(page).toHaveURL(/least=48/);
  await expect(ledger).toHaveAttribute('aria-rowcount', '4');
  await page.goBack();
  await expect(ledger).toHaveAttribute('aria-rowcount', '60');
  await page.goto(`/accounts/${accountId}?from=2024-01-02&to=2024-01-02`);
  await expect(ledger).toHaveAttribute('aria-rowcount', '21');
});

test.describe('on a small screen', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the ledger begins on the first screen, and the header collapses to a line', async ({
    page,
  }) => {
    const accountId = await importAccount(60);
    await gotoAccount(page, accountId);
    const first = page.getByRole('table', { name: /^Ledger/ }).locator('tr[data-index="0"]');
    await expect(first).toBeInViewport();
    const line = page.getByTestId('account-line');
    await expect(line).toBeHidden();
    await page.mouse.wheel(0, 900);
    await expect(line).toBeInViewport();
    await expect(line).toContainText('EUR');
  });
});

test('the summary adds up what the ledger shows', async ({ page }) => {
  const accountId = await importAccount(7);
  await gotoAccount(page, accountId);
  const summary = page.getByRole('region', { name: 'Summary' });
  // 1 + 2 - 3 + 4 + 5 - 6
  await expect(summary).toContainText('12.00 EUR4 deposits, 0 transfers');
  await expect(summary).toContainText('9.00 EUR2 withdrawals, 0 transfers');
  await expect(summary).toContainText('Largest out6.00 EUR');
  await expect(summary).toContainText('Highest balance9.00 EUR');
  const flow = summary.getByRole('table', { name: 'Monthly flow' });
  await expect(flow.getByRole('row')).toContainText(['Month', '2024-01']);
});

test('the timeline shows each event, its raw item and its correlation', async ({ page }) => {
  const accountId = await openAccount();
  await runOps('deposit', '--account', accountId, '--amount', '12', '--currency', 'EUR');
  await gotoAccount(page, accountId, '?tab=timeline');
  const event = page.getByRole('article', { name: 'Event 2' });
  await expect(event).toContainText('Deposited 12.00 EUR');
  await expect(page.getByRole('article')).toHaveCount(2);
  await event.getByRole('button', { name: 'Raw item' }).click();
  await expect(event).toContainText(`"aggregateId": "account#${accountId}"`);
  await event.getByRole('link', { name: 'Deposited 12.00 EUR' }).click();
  await expect(page).toHaveURL(/\/events\/[^/]+$/);
  await page.goBack();

  await page.getByText('Compact', { exact: true }).click();
  await expect(page).toHaveURL(/density=compact/);
  await expect(event.getByRole('button', { name: 'Raw item' })).toBeHidden();
  await page.getByText('Full', { exact: true }).click();
  await event
    .getByRole('link', { name: /^[0-9a-f-]{20,}|^cli|^ops/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/events\?correlation=/);
  await expect(page.getByText('Deposited 12.00 EUR')).toBeVisible();
});

test('others’ events change the balance, and wait for the reader in the lists', async ({
  page,
}) => {
  const accountId = await openAccount();
  await gotoAccount(page, accountId, '?tab=timeline');
  await expect(page.getByRole('article')).toHaveCount(1);
  await runOps('deposit', '--account', accountId, '--amount', '7', '--currency', 'EUR');
  await expect(page.getByTestId('balance')).toHaveText('7.00 EUR');
  await expect(page.getByRole('article')).toHaveCount(1);
  await page.getByRole('button', { name: '1 new event' }).click();
  await expect(page.getByRole('article')).toHaveCount(2);
  await expect(page.getByRole('button', { name: '1 new event' })).toBeHidden();
});

test('the views are reached by keys', async ({ page }) => {
  const accountId = await openAccount();
  await gotoAccount(page, accountId);
  await page.keyboard.press('2');
  await expect(page.getByRole('tab', { name: 'Timeline' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await page.keyboard.press('3');
  await expect(page.getByRole('slider', { name: /Position/ })).toBeVisible();
  await page.keyboard.press('1');
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search the ledger' })).toBeFocused();
});

test.describe('with PostgreSQL out of reach', () => {
  test.use({ expectedErrors: [/503/] });

  test('the account is folded from the event store, and says so', async ({ page }) => {
    const accountId = await openAccount();
    await page.route(
      /\/api\/accounts\/[^/]+(\?consistency=(eventual|wait)|\/ledger|\/summary)/,
      (route) =>
        route.fulfill({
          status: 503,
          json: { error: { code: 'POSTGRES_UNAVAILABLE', message: 'PostgreSQL does not answer.' } },
        }),
    );
    await gotoAccount(page, accountId);
    await expect(
      page.getByText('PostgreSQL does not answer. This is folded from the event store instead.'),
    ).toBeVisible();
    await expect(page.getByText('Ledger could not be loaded')).toBeVisible();
    await expect(page.getByText('Summary could not be loaded')).toBeVisible();
    await send(await openForm(page, 'Deposit'), 'Deposit', { Amount: '3' });
    await expect(page.getByTestId('balance')).toHaveText('3.00 EUR');
    await page.getByRole('tab', { name: 'Timeline' }).click();
    await expect(page.getByRole('article')).toHaveCount(2);
  });
});
