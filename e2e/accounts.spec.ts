import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { fillOpenAccount, newNumber } from './open-account.ts';
import { runOps } from './run-ops.ts';

const rows = (page: import('@playwright/test').Page) =>
  page.getByRole('table', { name: 'Accounts' }).getByRole('row');

test('finds accounts by owner, and keeps the search in the URL', async ({ page }) => {
  await page.goto('/accounts');
  await page.getByRole('searchbox', { name: 'Search accounts' }).fill('jonas');
  await expect(page).toHaveURL('/accounts?q=jonas');
  await expect(rows(page).filter({ hasText: 'Jonas Weber' })).toHaveCount(2);
  await expect(rows(page).filter({ hasText: 'Lindqvist' })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('searchbox', { name: 'Search accounts' })).toHaveValue('jonas');
  await expect(rows(page).filter({ hasText: 'Jonas Weber' })).toHaveCount(2);
});

test('finds accounts whatever the order, the case and the accents are', async ({ page }) => {
  await page.goto('/accounts');
  const box = page.getByRole('searchbox', { name: 'Search accounts' });
  await box.fill('weber jonas');
  await expect(rows(page).filter({ hasText: 'Jonas Weber' })).toHaveCount(2);
  await expect(rows(page).filter({ hasText: 'Lindqvist' })).toHaveCount(0);
  await box.fill('dvorak');
  await expect(rows(page).filter({ hasText: 'Dvořák' }).first()).toBeVisible();
  await expect(rows(page).filter({ hasText: 'Jonas Weber' })).toHaveCount(0);
});

test('narrows by status and currency', async ({ page }) => {
  await page.goto('/accounts');
  await page.getByRole('button', { name: 'Currency' }).click();
  await page.getByRole('checkbox', { name: /^KWD/ }).check();
  await expect(page).toHaveURL('/accounts?currency=KWD');
  await expect(
    rows(page)
      .locator('td')
      .filter({ hasText: /(EUR|CZK|USD|JPY)$/ }),
  ).toHaveCount(0);
  await expect(rows(page).filter({ hasText: 'Noura Al-Mutairi' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Status', exact: true }).click();
  await page.getByRole('checkbox', { name: /^Open/ }).check();
  await expect(page).toHaveURL('/accounts?currency=KWD&status=open');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(page).toHaveURL('/accounts');
});

test('says so when nothing matches, and leads back', async ({ page }) => {
  await page.goto('/accounts?q=nobody-is-called-this');
  await expect(page.getByText('No account matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear all filters' }).click();
  await expect(page).toHaveURL('/accounts');
  await expect(rows(page).nth(1)).toBeVisible();
});

test('shows one date on a narrow screen, and says which', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/accounts?q=lindqvist');
  const row = rows(page).filter({ hasText: 'Anna Lindqvist' });
  const lastActivity = row.locator('[data-header="Last activity"]');
  await expect(lastActivity).toBeVisible();
  const label = await lastActivity.evaluate((cell) => getComputedStyle(cell, '::before').content);
  expect(label).toBe('"Last activity "');
  await expect(row.locator('[data-header="Opened"]')).toBeHidden();
});

test('sorts by a column’s name', async ({ page }) => {
  await page.goto('/accounts?q=5001009900');
  const owner = page.getByRole('columnheader', { name: 'Owner' });
  await owner.getByRole('button').click();
  await expect(owner).toHaveAttribute('aria-sort', 'ascending');
  await expect(page).toHaveURL('/accounts?q=5001009900&sort=owner&dir=asc');
  await expect(rows(page).nth(1)).toContainText('Anna Lindqvist');
  await owner.getByRole('button').click();
  await expect(owner).toHaveAttribute('aria-sort', 'descending');
  await expect(rows(page).nth(1)).toContainText('Jonas Weber (savings)');
});

test('says how fresh it is', async ({ page }) => {
  await page.goto('/accounts');
  await expect(page.getByText(/^Up to date · position [\d,]+$/)).toBeVisible();
});

test('works by keys', async ({ page }) => {
  await page.goto('/accounts?q=jonas&sort=owner&dir=asc');
  await expect(rows(page)).toHaveCount(3);
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search accounts' })).toBeFocused();
  await page.getByRole('heading', { name: 'Accounts', level: 1 }).click();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(page.getByRole('link', { name: 'Jonas Weber (savings)' })).toBeFocused();
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/accounts/DE18500100990002048817');
});

test('opens an account and ends on its page', async ({ page }) => {
  const number = newNumber();
  await page.goto('/accounts');
  await page.getByRole('button', { name: 'Open account' }).click();
  await fillOpenAccount(page, 'Nora New', number);
  await expect(page).toHaveURL(`/accounts/${number}`);
  await page.goto(`/accounts?q=${number}`);
  await expect(rows(page).nth(1)).toContainText('Nora New');
});

test('shows each field’s error beside it, and keeps what was written', async ({ page }) => {
  await page.goto('/accounts?new=true');
  const dialog = page.getByRole('dialog', { name: 'Open an account' });
  await dialog.getByRole('button', { name: 'Open account' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Owner' })).toHaveAccessibleDescription(
    /Who owns the account\?/,
  );

  await fillOpenAccount(page, 'Tina Taken', 'DE87500100990001120934');
  const number = dialog.getByRole('textbox', { name: 'Account number' });
  await expect(number).toHaveAccessibleDescription(/DE87500100990001120934/);
  await expect(number).toHaveAttribute('aria-invalid', 'true');
  await expect(dialog.getByRole('textbox', { name: 'Owner' })).toHaveValue('Tina Taken');

  const limit = dialog.getByRole('textbox', { name: 'Overdraft limit' });
  await limit.fill('1.999');
  await fillOpenAccount(page, 'Tina Taken', newNumber());
  await expect(limit).toHaveAccessibleDescription(/1\.999/);
  await expect(page).toHaveURL('/accounts?new=true');
});

test('turns pages that say why they cannot be turned further', async ({ page }) => {
  const prefix = `P${randomBytes(3).toString('hex').toUpperCase()}`;
  await importAccounts(prefix, 60);
  await page.goto(`/accounts?q=${prefix}&sort=number&dir=asc`);
  await expect(page.getByText('60 accounts')).toBeVisible();
  await expect(rows(page).nth(1)).toContainText(`${prefix}100`);
  const previous = page.getByRole('button', { name: 'Previous' });
  await expect(previous).toHaveAccessibleDescription('This is the first page.');

  await page.getByRole('button', { name: 'Next' }).click();
  await expect(rows(page).nth(1)).toContainText(`${prefix}150`);
  await expect(rows(page)).toHaveCount(11);
  await expect(page.getByRole('button', { name: 'Next' })).toHaveAccessibleDescription(
    'This is the last page.',
  );
  await previous.click();
  await expect(rows(page).nth(1)).toContainText(`${prefix}100`);

  await page.goBack();
  await expect(rows(page).nth(1)).toContainText(`${prefix}150`);
  // As by a link that somebody shared.
  await page.reload();
  await expect(rows(page).nth(1)).toContainText(`${prefix}150`);
  await previous.click();
  await expect(rows(page).nth(1)).toContainText(`${prefix}100`);
  await expect(rows(page)).toHaveCount(51);
  await expect(previous).toHaveAccessibleDescription('There is no page before this one.');
  await page.getByRole('button', { name: 'First page' }).click();
  await expect(page).not.toHaveURL(/cursor/);
  await expect(rows(page).nth(1)).toContainText(`${prefix}100`);
});

test('a row that is clicked while a search still waits is opened, and stays open', async ({
  page,
}) => {
  await page.goto('/accounts?q=jonas');
  const row = rows(page).getByRole('link', { name: 'Jonas Weber (savings)' });
  await expect(row).toBeVisible();
  // Until the search has been sent, the account’s page does not come: so both are under way at once.
  const searched = page.waitForRequest(/\/api\/.*[?&]q=weber/);
  // Nor do the rows change under the pointer.
  let setClicked = () => {};
  const clicked = new Promise<void>((resolve) => {
    setClicked = resolve;
  });
  await page.route(/\/api\/.*[?&]q=weber/, async (route) => {
    await clicked;
    await route.continue();
  });
  await page.route(/\/accounts\/DE71500100990003390052\?/, async (route) => {
    await searched;
    await route.continue();
  });
  await page.getByRole('searchbox', { name: 'Search accounts' }).fill('weber');
  await row.click();
  setClicked();
  await expect(page.getByTestId('balance')).toBeVisible();
  await expect(page).toHaveURL('/accounts/DE71500100990003390052');
  await page.goBack();
  await expect(page).toHaveURL('/accounts?q=jonas');
});

/** Opens accounts `<prefix>100` and on, by an import into the running instance. */
async function importAccounts(prefix: string, count: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-accounts-'));
  const file = join(folder, 'statements.csv');
  const columns =
    'account_id,date,trans_id,direction,operation,amount,balance_after,purpose,counterparty_bank,counterparty_account';
  const lines = Array.from(
    { length: count },
    (_, index) =>
      `${prefix}${100 + index},2024-01-01,${prefix}${index},deposit,cash-in,1.00,1.00,,,`,
  );
  await writeFile(file, `${[columns, ...lines].join('\n')}\n`);
  await runOps('import', file, '--currency', 'CZK');
  await rm(folder, { recursive: true, force: true });
}
