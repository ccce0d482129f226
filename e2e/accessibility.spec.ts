import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';

type Page = import('@playwright/test').Page;

const PAGES = [
  '/',
  '/accounts',
  '/accounts/DE87500100990001120934',
  '/accounts/DE87500100990001120934?tab=timeline',
  '/accounts/DE87500100990001120934?tab=timeline&density=compact',
  '/accounts/DE87500100990001120934?tab=time-machine&seq=12&compare=4',
  '/accounts/DE87500100990001120934?command=deposit',
  '/accounts/DE87500100990001120934?command=transfer',
  '/transfers',
  '/crm/clients',
  '/crm/contracts/800000000000002AAA',
  '/crm/contracts/mapping',
  '/crm/messages',
  '/users',
  '/users/user-003',
  '/users/user-003?tab=permissions',
  '/permissions',
  '/permissions/changes',
  '/templates',
  '/templates/web-service',
  '/projects',
  '/projects/payments',
  '/projects/payments?view=table',
  '/commands',
  '/commands?outcome=rejected&type=NoSuch',
  '/events',
  '/projections',
  '/integrity',
  '/audit',
  '/session',
  '/api-docs',
  '/webhooks',
  '/projections?projection=accounts',
  '/projections/accounts/rebuild',
  '/projections/account-balances/rebuild',
  '/dead-letters',
  '/dead-letters?state=skipped',
  '/no-such-page',
];

/** What has to be opened before it can be looked at. */
const OVERLAYS: readonly { name: string; path: string; open: (page: Page) => Promise<void> }[] = [
  {
    name: 'the dialog that opens an account',
    path: '/accounts?new=true',
    open: (page) => page.getByRole('button', { name: 'Open account' }).last().click(),
  },
  {
    name: 'the form that changes permissions',
    path: '/users/user-003',
    open: async (page) => {
      await page.getByRole('button', { name: 'Change permissions' }).click();
      await page.getByRole('checkbox', { name: 'users:view' }).check();
    },
  },
  {
    name: 'the graph at a step that removed something, with a service chosen',
    path: '/projects/playground?seq=7&service=pong',
    open: (page) =>
      expect(page.getByRole('button', { name: 'pong, service, removed' })).toBeVisible(),
  },
  {
    name: 'the graph at a step that changed something',
    path: '/projects/web-shop?seq=5&service=api',
    open: (page) =>
      expect(page.getByRole('application', { name: /^Topology as a graph/ })).toContainText(
        'Changed',
      ),
  },
  {
    name: 'an event beside the list',
    path: '/events?aggregate=account%23DE71500100990003390052',
    open: async (page) => {
      await page.getByRole('link', { name: /^Closed/ }).click();
      await page.getByRole('button', { name: 'Raw item' }).click();
    },
  },
  {
    name: 'a dry run of a rebuild',
    path: '/projections/accounts/rebuild',
    open: async (page) => {
      await page.getByRole('button', { name: 'Dry run' }).click();
      // The list of earlier ones tells of it as well, a moment later.
      await expect(page.getByText(/of \d+ aggregates tried/).first()).toBeVisible();
    },
  },
  {
    name: 'a command beside the list',
    path: '/commands?outcome=accepted',
    open: async (page) => {
      await page.getByRole('table', { name: 'Commands' }).getByRole('link').first().click();
      await expect(page.getByRole('region', { name: 'Journey' })).toBeVisible();
    },
  },
  {
    name: 'a trace as a graph',
    path: '/commands?outcome=accepted',
    open: async (page) => {
      await page.getByRole('table', { name: 'Commands' }).getByRole('link').first().click();
      await page.getByRole('dialog').getByRole('link', { name: 'Trace' }).click();
      await expect(page.getByRole('application', { name: /^Trace/ })).toBeVisible();
    },
  },
  {
    name: 'a facet',
    path: '/events',
    open: (page) => page.getByRole('button', { name: 'Type' }).click(),
  },
  {
    name: 'the saved views',
    path: '/accounts?q=jonas',
    open: async (page) => {
      await page.getByRole('button', { name: /^Views/ }).click();
      await page.keyboard.type('Jonas');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Views Jonas' }).click();
      await page.getByRole('button', { name: 'Rename Jonas' }).click();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.press('Delete');
      await page.keyboard.press('Enter');
    },
  },
  {
    name: 'the command palette',
    path: '/',
    open: async (page) => {
      await page.getByRole('button', { name: 'Search everything' }).click();
      await page
        .getByRole('dialog', { name: 'Command palette' })
        .getByRole('combobox')
        .fill('jonas');
      await expect(page.getByRole('option', { name: /Jonas Weber/ }).first()).toBeVisible();
    },
  },
  {
    name: 'the list of shortcuts',
    path: '/events',
    open: (page) => page.getByRole('button', { name: 'Keyboard shortcuts' }).click(),
  },
  {
    name: 'the system status',
    path: '/',
    open: (page) => page.getByRole('button', { name: /^System status/ }).click(),
  },
];

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

// Axe cannot judge colours half-way through a transition.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const path of PAGES) {
  test.describe(path, () => {
    test.use({ expectedErrors: path === '/no-such-page' ? [/404/] : [] });

    test('has no violation, and is never wider than the screen', async ({ page }) => {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      // Colours know nothing of the width: both schemes and both widths are seen in two looks.
      await expectNoViolation(page, 'light', WIDE);
      await expectNoViolation(page, 'dark', NARROW);
    });
  });
}

test.describe('of nobody', () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  for (const path of ['/sign-in', '/sign-in/invitation#none']) {
    test(`${path} has no violation, and is never wider than the screen`, async ({ page }) => {
      await page.goto(path);
      await expectNoViolation(page, 'light', WIDE);
      await expectNoViolation(page, 'dark', NARROW);
    });
  }
});

for (const { name, path, open } of OVERLAYS) {
  test(`${name} has no violation, in light and in dark`, async ({ page }) => {
    await page.goto(path);
    await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
    await open(page);
    await expectNoViolation(page, 'light', WIDE);
    await expectNoViolation(page, 'dark', WIDE);
  });
}

async function expectNoViolation(
  page: Page,
  colorScheme: 'light' | 'dark',
  viewport: { width: number; height: number },
): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize(viewport);
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  // The pages have no frames, which is all that the other mode adds, in a tab of its own each time.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ target, any }) => `${target}: ${any[0]?.message ?? ''}`),
  }));
  const look = `in ${colorScheme}, ${viewport.width} pixels wide`;
  expect(found, look).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  );
  expect(overflow, look).toBeLessThanOrEqual(0);
}
