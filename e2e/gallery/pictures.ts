import type { Page } from '@playwright/test';

/** A picture of a page; each is taken in light and in dark. */
export type Picture = {
  /** The file's name. */
  readonly name: string;
  /** What is to be seen, as a heading. */
  readonly title: string;
  readonly path: string;
  /** What is done on the page before, until what is to be seen is there. */
  readonly prepare?: (page: Page) => Promise<unknown>;
};

export const ACCOUNT_PATH = '/accounts/DE87500100990001120934';

const openFirstRow = async (page: Page, table: string) => {
  await page.getByRole('table', { name: table }).locator('tbody').getByRole('link').first().click();
  await page.getByRole('dialog').waitFor();
};

/** While everything is well. */
export const PICTURES: readonly Picture[] = [
  { name: 'accounts', title: 'Accounts, narrowed', path: '/accounts?currency=CZK,EUR,USD' },
  { name: 'account', title: 'An account and its ledger', path: ACCOUNT_PATH },
  {
    name: 'time-machine',
    title: 'The account after its event 12, compared with event 4',
    path: `${ACCOUNT_PATH}?tab=time-machine&seq=12&compare=4`,
    prepare: (page) => page.getByRole('slider', { name: /Position/ }).waitFor(),
  },
  {
    name: 'timeline',
    title: 'Its events, from the event store',
    path: `${ACCOUNT_PATH}?tab=timeline`,
    prepare: (page) => page.getByRole('article').first().waitFor(),
  },
  {
    name: 'events',
    title: 'An event beside the feed',
    path: '/events',
    prepare: (page) => openFirstRow(page, 'Events'),
  },
  {
    name: 'commands',
    title: 'A command’s journey to each view',
    path: '/commands?outcome=accepted',
    prepare: async (page) => {
      await openFirstRow(page, 'Commands');
      await page.getByRole('region', { name: 'Journey' }).waitFor();
    },
  },
  { name: 'projections', title: 'How far everything is behind', path: '/projections' },
  {
    name: 'rebuild',
    title: 'A dry run of a rebuild',
    path: '/projections/accounts/rebuild',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Dry run' }).click();
      await page
        .getByRole('paragraph')
        .filter({ hasText: /of \d+ aggregates tried/ })
        .waitFor();
    },
  },
  {
    name: 'user',
    title: 'A user and what they may do',
    path: '/users/user-003?tab=permissions',
  },
  {
    name: 'permissions',
    title: 'Who may look at the bank',
    path: '/permissions?permission=bank:view',
  },
  {
    name: 'topology',
    title: 'A project’s services and links after one of its events',
    path: '/projects/web-shop?seq=5&service=api',
    prepare: (page) => page.getByRole('application', { name: /^Topology as a graph/ }).waitFor(),
  },
  { name: 'template', title: 'A template and its versions', path: '/templates/web-service' },
  {
    name: 'palette',
    title: 'The palette finds things, pages and actions',
    path: '/',
    prepare: async (page) => {
      await page.keyboard.press('ControlOrMeta+k');
      await page.getByRole('combobox').fill('jonas');
      await page
        .getByRole('option', { name: /Jonas Weber/ })
        .first()
        .waitFor();
    },
  },
];

/** Once the event store has an item that no view can take in. */
export const PICTURES_OF_TROUBLE: readonly Picture[] = [
  { name: 'overview', title: 'What is wrong, and what mends it', path: '/' },
  {
    name: 'dead-letters',
    title: 'What could not be taken in, by cause',
    path: '/dead-letters',
    prepare: async (page) => {
      await page
        .getByRole('table', { name: 'Causes' })
        .locator('tbody')
        .locator('a, button')
        .first()
        .click();
      await page.getByRole('region', { name: 'Chosen cause' }).waitFor();
    },
  },
];
