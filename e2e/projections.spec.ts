import type { z } from 'zod';
import type { busSchema } from '#lib/contracts/bus.ts';
import { systemStateSchema } from '#lib/contracts/system.ts';
import { expect, test } from './fixtures.ts';
import { figureOf, followerOf } from './follower-rows.ts';
import { openAccountElsewhere } from './open-account.ts';

test('shows every projection with its lag, rate and trend', async ({ page }) => {
  await page.goto('/projections');
  for (const name of ['Accounts', 'Transactions', 'Daily balances', 'Account summaries']) {
    const row = followerOf(page, name);
    await expect(row).toContainText(/Up to date|Following/);
    await expect(await figureOf(page, name, 'Events behind')).toHaveText(/^[\d,]+$/);
    await expect(await figureOf(page, name, 'Dead letters')).toHaveText('0');
    await expect(row.getByRole('img', { name: new RegExp(`^Lag of ${name}`) })).toBeVisible();
  }
  await expect(followerOf(page, 'account-balances')).toContainText(/Up to date|Following/);
});

test('shows who reads the stream, and from where', async ({ page }) => {
  await page.goto('/projections');
  const shards = page.getByRole('table', { name: 'Shards and leases' });
  for (const name of ['Journal', 'Hot views']) {
    await expect(followerOf(page, name)).toContainText(/Up to date|Following/);
    const shard = shards.getByRole('row', { name });
    await expect(shard).toContainText('Read');
    await expect(shard.getByRole('button', { name: 'Copy shard id' })).toBeVisible();
    await expect(shard.getByRole('button', { name: 'Copy worker id' })).toBeVisible();
  }
});

test('moves as events arrive', async ({ page }) => {
  await page.goto('/projections');
  const position = await figureOf(page, 'Accounts', 'Position');
  await expect(position).toHaveText(/^[\d,]+$/);
  const before = toNumber(await position.textContent());
  await openAccountElsewhere(page, 'Polly Projection');
  await expect.poll(async () => toNumber(await position.textContent())).toBeGreaterThan(before);
});

test('opens the details of a projection, which Back closes; what cannot be done says why', async ({
  page,
}) => {
  await page.goto('/projections');
  await page.getByRole('button', { name: 'Accounts', exact: true }).click();
  await expect(page).toHaveURL(/projection=accounts/);
  const details = page.getByRole('dialog', { name: 'Accounts accounts' });
  await expect(details).toContainText('Every account with its balance');
  await expect(details.getByRole('button', { name: 'Copy worker id' })).toBeVisible();
  const lag = (range: string) =>
    details.getByRole('img', { name: new RegExp(`^Lag of Accounts in the last ${range}: `) });
  await expect(lag('hour')).toBeVisible();
  await details.getByText('Day', { exact: true }).click();
  await expect(lag('day')).toBeVisible();
  await page.goBack();
  await expect(lag('hour')).toBeVisible();
  await page.goBack();
  await expect(details).toBeHidden();
  for (const [name, why] of [
    ['Journal', 'The journal cannot be paused'],
    ['account-balances', 'follow the stream together'],
  ] as const) {
    const pause = followerOf(page, name).getByRole('button', { name: 'Pause' });
    await expect(pause).toHaveAccessibleDescription(new RegExp(why));
  }
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
    await expect(followerOf(page, 'Journal')).toBeVisible();
    const pause = followerOf(page, 'Hot views').getByRole('button', { name: 'Pause' });
    await expect(pause).toHaveAccessibleDescription(/PostgreSQL does not answer/);
  });
});

function toNumber(text: string | null): number {
  return Number((text ?? '').replaceAll(',', ''));
}

test('keeps its figures within the screen where that is narrow', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/projections');
  await expect(followerOf(page, 'Journal')).toBeVisible();
  const rows = page.getByRole('row').filter({ has: page.getByRole('rowheader') });
  expect(await rows.count()).toBeGreaterThanOrEqual(13);
  for (const row of await rows.all()) {
    expect(await row.evaluate((each) => each.scrollWidth - each.clientWidth)).toBe(0);
  }
});

test('shows no bus where there is none, and a replay with its step, counts and queues', async ({
  page,
}) => {
  await page.goto('/projections');
  await expect(page.getByRole('table', { name: 'Shards and leases' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Bus' })).toBeHidden();

  const depth = { waiting: 40, inFlight: 2 };
  const bus: z.input<typeof busSchema> = {
    isOn: true,
    publisher: { position: 1_240, behind: 3, worker: 'worker-1' },
    replays: [
      {
        rebuild: 7,
        projection: 'transactions',
        status: 'running',
        state: 'put-events',
        attempt: 1,
        steps: [{ step: 'route-replay', at: '2026-11-27T10:00:00.000Z', worker: 'worker-1' }],
        until: 1_200,
        put: 900,
        replayed: 858,
        live: 0,
        duplicates: 12,
        deadLetters: 0,
        depths: { replay: depth, live: depth },
        error: null,
        worker: 'worker-1',
        requestedBy: 'ada',
      },
    ],
  };
  await page.route('**/api/bus', (route) => route.fulfill({ json: bus }));
  await page.reload();
  const panel = page.getByRole('region', { name: 'Bus' });
  await expect(panel).toContainText('published up to position 1,240, 3 behind the journal');
  const row = panel.getByRole('row', { name: 'Transactions' });
  await expect(row).toContainText('4 of 6: Put the events into the replay queue');
  await expect(row).toContainText('Begun anew 1 time');
  await expect(row).toContainText('3 of 6: Route the replay queue to the handler');
  await expect(row).toContainText('About 42 replay, 42 live');
  await expect(row.getByRole('link', { name: 'Transactions' })).toHaveAttribute(
    'href',
    '/projections/transactions/rebuild',
  );
});
