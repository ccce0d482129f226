import { systemStateSchema } from '#lib/contracts/system.ts';
import { expect, test } from './fixtures.ts';
import { openAccountElsewhere } from './open-account.ts';

test('shows figures that lead to where one can act', async ({ page }) => {
  await page.goto('/');
  const figures = page.getByRole('region', { name: 'Figures' });
  await expect(figures.getByRole('link', { name: /^Events per second/ })).toBeVisible();
  await expect(figures.getByRole('link', { name: /^Worst lag/ })).toBeVisible();
  await expect(figures.getByRole('link', { name: /^Commands per second/ })).toBeVisible();
  await expect(figures.getByRole('link', { name: /^Write to visible/ })).toContainText(
    /ms|Not measured| s/,
  );
  await expect(figures.getByRole('link', { name: /EUR$/ })).toHaveAttribute(
    'href',
    '/accounts?currency=EUR',
  );
  await figures.getByRole('link', { name: /^Accounts/ }).click();
  await expect(page).toHaveURL('/accounts');
});

test('shows every projection, and that nothing needs attention', async ({ page }) => {
  await page.goto('/');
  const lag = page.getByRole('region', { name: 'Lag per projection' });
  for (const name of ['Accounts', 'Transactions', 'Daily balances', 'Account summaries']) {
    await expect(lag.getByRole('listitem').filter({ hasText: name })).toContainText(
      /Up to date|Following/,
    );
  }
  await expect(page.getByRole('region', { name: 'Needs attention' })).toContainText(
    'Nothing needs attention',
  );
});

test('shows arrivals of up to a day, in the URL, and what operators did last', async ({ page }) => {
  await page.goto('/');
  const panel = page.getByRole('region', { name: 'Events per second' });
  await panel.getByText('24 h', { exact: true }).click();
  await expect(page).toHaveURL('/?range=24h');
  await expect(panel.getByRole('img', { name: /over the last 24 hours/ })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL('/');
  const actions = page.getByRole('region', { name: 'Operators’ actions' });
  await actions.getByRole('link', { name: 'Audit' }).click();
  await expect(page).toHaveURL('/audit');
});

// The panel shows ten events: another test's burst may push one out of it, so a new one is tried.
test('shows what happens a moment after it happened', async ({ page }) => {
  await page.goto('/');
  const events = page.getByRole('table', { name: 'Recent events' });
  await expect(events).toBeVisible();
  await expect(async () => {
    const number = await openAccountElsewhere(page, 'Olga Overview');
    await expect(events.getByRole('row').filter({ hasText: number })).toContainText(
      'Opened for Olga Overview in EUR',
      { timeout: 3_000 },
    );
  }).toPass();
});

test('holds the rows still while the reader points at them', async ({ page }) => {
  await page.goto('/');
  const panel = page.getByRole('region', { name: 'Recent events' });
  const first = panel.getByRole('row').nth(1);
  await panel.getByRole('row').nth(3).hover();
  const before = await first.textContent();
  await openAccountElsewhere(page, 'Petra Pointer');
  const pill = panel.getByRole('button', { name: /new events?$/ });
  await expect(pill).toBeVisible();
  await expect(first).toHaveText(before ?? '');
  await pill.click();
  await expect(first).not.toHaveText(before ?? '');
});

test.describe('with something down', () => {
  test.use({ expectedErrors: [/503 \(Service Unavailable\)/] });

  test('says what is down and what it means, and shows the rest', async ({ page }) => {
    await page.route('/api/system', async (route) => {
      const response = await route.fetch();
      const state = systemStateSchema.parse(await response.json());
      const worker = { state: 'down', detail: 'No worker has reported for 6 s.' } as const;
      const health = { ...state.health, status: 'degraded', worker } as const;
      await route.fulfill({ response, json: { ...state, health } });
    });
    await page.goto('/');
    const attention = page.getByRole('region', { name: 'Needs attention' });
    await expect(attention).toContainText('The worker is down');
    await expect(page.getByRole('button', { name: 'System status: Worker down' })).toBeVisible();
    await expect(page.getByRole('table', { name: 'Recent events' })).toBeVisible();
    await attention.getByRole('link', { name: 'See the projections' }).click();
    await expect(
      page.getByRole('alert').filter({ hasText: 'The worker is down, so no view moves' }),
    ).toBeVisible();
  });

  test('lets one panel fail alone, and try again', async ({ page }) => {
    await page.route('/api/stats', (route) =>
      route.fulfill({
        status: 503,
        json: { error: { code: 'POSTGRES_UNAVAILABLE', message: 'PostgreSQL does not answer.' } },
      }),
    );
    await page.goto('/');
    const panel = page.getByRole('region', { name: 'Events per second' });
    await expect(panel.getByRole('alert')).toContainText('PostgreSQL does not answer.');
    await expect(page.getByRole('table', { name: 'Recent events' })).toBeVisible();
    await page.unroute('/api/stats');
    await panel.getByRole('button', { name: /Try .* again/ }).click();
    await expect(panel.getByRole('img')).toBeVisible();
  });
});
