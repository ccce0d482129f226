import { systemStateSchema } from '#lib/contracts/system.ts';
import { expect, test } from './fixtures.ts';
import { openAccountElsewhere } from './open-account.ts';

test('shows every projection with its lag, rate and chart', async ({ page }) => {
  await page.goto('/projections');
  for (const name of ['Accounts', 'Transactions', 'Daily balances', 'Account summaries']) {
    const card = page.getByRole('article', { name, exact: true });
    await expect(card).toContainText(/Up to date|Following/);
    await expect(card).toContainText('Events behind');
    await expect(card.getByRole('img', { name: new RegExp(`^Lag of ${name}`) })).toBeVisible();
  }
});

test('shows who reads the stream, and from where', async ({ page }) => {
  await page.goto('/projections');
  const consumers = page.getByRole('region', { name: 'Stream consumers' });
  for (const name of ['Journal', 'Hot views']) {
    const card = consumers.getByRole('article', { name });
    await expect(card).toContainText(/Up to date|Following/);
    await expect(card.getByRole('button', { name: 'Copy shard id' })).toBeVisible();
  }
});

test('moves as events arrive', async ({ page }) => {
  await page.goto('/projections');
  const card = page.getByRole('article', { name: 'Accounts', exact: true });
  const checkpoint = card
    .getByRole('definition')
    .filter({ has: page.locator('xpath=preceding-sibling::dt[.="Checkpoint"]') });
  await expect(checkpoint).toHaveText(/^[\d,]+$/);
  const before = toNumber(await checkpoint.textContent());
  await openAccountElsewhere(page, 'Polly Projection');
  await expect.poll(async () => toNumber(await checkpoint.textContent())).toBeGreaterThan(before);
});

test.describe('with PostgreSQL down', () => {
  test.use({ expectedErrors: [/503 \(Service Unavailable\)/] });

  test('shows the consumers all the same', async ({ page }) => {
    await page.route('/api/system', async (route) => {
      const response = await route.fetch();
      const state = systemStateSchema.parse(await response.json());
      const health = { ...state.health, postgresql: { state: 'down' } } as const;
      await route.fulfill({ response, json: { ...state, health, lag: null } });
    });
    await page.goto('/projections');
    await expect(page.getByRole('region', { name: 'PostgreSQL projections' })).toContainText(
      'PostgreSQL does not answer.',
    );
    await expect(page.getByRole('article', { name: 'Journal' })).toBeVisible();
  });
});

function toNumber(text: string | null): number {
  return Number((text ?? '').replaceAll(',', ''));
}

test('keeps its figures within their cards on a narrow screen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/projections');
  const cards = page.getByRole('article');
  await expect(cards).toHaveCount(6);
  for (const card of await cards.all()) {
    const moved = card
      .getByRole('definition')
      .filter({ has: page.getByRole('time') })
      .first();
    await expect(moved).toBeVisible();
    expect(await moved.evaluate((cell) => cell.scrollWidth - cell.clientWidth)).toBe(0);
  }
});
