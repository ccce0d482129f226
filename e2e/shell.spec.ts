import { expect, test } from './fixtures.ts';

test('goes from page to page by keys, and lists them', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('region', { name: 'Figures' })).toHaveAttribute('aria-busy', 'false');
  // On a busy machine the second key can come too late to be of one sequence: then it is pressed again.
  await expect(async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await expect(page).toHaveURL('/projections', { timeout: 3_000 });
  }).toPass();
  await expect(page.getByRole('link', { name: 'Projections' }).first()).toHaveAttribute(
    'aria-current',
    'page',
  );
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help).toContainText('Go to Events');
  await help.getByRole('switch', { name: 'Single-key shortcuts' }).click();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await expect(page).toHaveURL('/projections');
});

test('finds an account by its owner from anywhere', async ({ page }) => {
  await page.goto('/projections');
  await page.getByRole('button', { name: 'Search everything' }).click();
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await palette.getByRole('combobox').fill('lindqvist');
  await expect(palette.getByRole('option', { name: /Anna Lindqvist/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/accounts/DE87500100990001120934');
});

test('offers pages and actions in the palette', async ({ page }) => {
  await page.goto('/events');
  await expect(page.getByRole('table', { name: 'Events' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox').fill('open an');
  const action = page.getByRole('option', { name: /Open an account/ });
  await action.click();
  await expect(page.getByRole('dialog', { name: 'Open an account' })).toBeVisible();
});

test('opens the dialog of an operation, and what is done to an account, from the palette', async ({
  page,
}) => {
  await page.goto('/events');
  await expect(page.getByRole('table', { name: 'Events' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page
    .getByRole('dialog', { name: 'Command palette' })
    .getByRole('combobox')
    .fill('daily pause');
  await page.getByRole('option', { name: 'Pause Daily balances' }).click();
  const dialog = page.getByRole('dialog', { name: 'Pause Daily balances' });
  await expect(dialog).toContainText('It stands still after the batch in hand');
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.keyboard.press('Control+k');
  await page
    .getByRole('dialog', { name: 'Command palette' })
    .getByRole('combobox')
    .fill('deposit lindqvist');
  await page.getByRole('option', { name: /^Deposit: Anna Lindqvist/ }).click();
  await expect(page).toHaveURL('/accounts/DE87500100990001120934?command=deposit');
});

test('keeps the reader’s time zone and colour scheme', async ({ page }) => {
  await page.goto('/events');
  await page.getByRole('button', { name: 'Time zone: local' }).click();
  await page.getByRole('button', { name: 'UTC', exact: true }).click();
  await page.getByRole('button', { name: 'Colour scheme' }).click();
  await page.getByRole('button', { name: 'Dark', exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await expect(page.getByRole('button', { name: 'Time zone: UTC' })).toBeVisible();
});

test('says what is up', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'System status: Live' }).click();
  const status = page.getByRole('dialog', { name: 'System status' });
  for (const part of ['Worker', 'DynamoDB', 'PostgreSQL']) {
    await expect(status.getByRole('listitem').filter({ hasText: part })).toContainText('Up');
  }
});

test.describe('an address that is nothing', () => {
  test.use({ expectedErrors: [/404 \(Not Found\)/] });

  test('has a way on', async ({ page }) => {
    const response = await page.goto('/no-such-page');
    expect(response?.status()).toBe(404);
    await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
    await page.getByRole('link', { name: 'Go to the overview' }).click();
    await expect(page).toHaveURL('/');
  });
});

test.describe('on a small screen', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('navigates by the burger', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Open the navigation' }).click();
    await page
      .getByRole('navigation', { name: 'Pages' })
      .getByRole('link', { name: 'Accounts' })
      .click();
    await expect(page).toHaveURL('/accounts');
    await expect(page.getByRole('button', { name: 'Open the navigation' })).toBeVisible();
  });

  for (const path of ['/', '/accounts', '/events', '/projections', '/integrity', '/audit']) {
    test(`never scrolls ${path} sideways`, async ({ page }) => {
      await page.goto(path);
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBe(0);
    });
  }
});
