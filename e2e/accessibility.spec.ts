import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';

type Page = import('@playwright/test').Page;

const PAGES = ['/', '/accounts', '/events', '/projections', '/no-such-page'];

/** What has to be opened before it can be looked at. */
const OVERLAYS: readonly { name: string; path: string; open: (page: Page) => Promise<void> }[] = [
  {
    name: 'the dialog that opens an account',
    path: '/accounts?new=true',
    open: (page) => page.getByRole('button', { name: 'Open account' }).last().click(),
  },
  {
    name: 'an event beside the list',
    path: '/events?account=DE71500100990003390052',
    open: async (page) => {
      await page.getByRole('link', { name: /^Closed/ }).click();
      await page.getByRole('button', { name: 'Raw item' }).click();
    },
  },
  {
    name: 'a facet',
    path: '/events',
    open: (page) => page.getByRole('button', { name: 'Type' }).click(),
  },
  {
    name: 'the command palette',
    path: '/',
    open: async (page) => {
      await page.getByRole('button', { name: 'Search everything' }).click();
      await page.keyboard.type('jonas');
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

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    // Axe cannot judge colours half-way through a transition.
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    for (const path of PAGES) {
      test.describe(path, () => {
        test.use({ expectedErrors: path === '/no-such-page' ? [/404/] : [] });

        test('has no violation', async ({ page }) => {
          await page.goto(path);
          await expectNoViolation(page);
        });
      });
    }

    for (const { name, path, open } of OVERLAYS) {
      test(`${name} has no violation`, async ({ page }) => {
        await page.goto(path);
        await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
        await open(page);
        await expectNoViolation(page);
      });
    }
  });
}

test.describe('on a small screen', () => {
  test.use({ viewport: { width: 390, height: 844 }, contextOptions: { reducedMotion: 'reduce' } });

  for (const path of PAGES.slice(0, 4)) {
    test(`${path} has no violation`, async ({ page }) => {
      await page.goto(path);
      await expectNoViolation(page);
    });
  }
});

async function expectNoViolation(page: Page): Promise<void> {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ target, any }) => `${target}: ${any[0]?.message ?? ''}`),
  }));
  expect(found).toEqual([]);
}
