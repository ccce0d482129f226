import type { Page } from '@playwright/test';

/** Something that a person does on a page, and the latency of which is measured. */
export type Interaction = {
  readonly name: string;
  /** Does it once, and undoes it, so that it can be done again. */
  readonly run: (page: Page) => Promise<void>;
};

/** A page that is measured. */
export type BenchPage = {
  readonly name: string;
  readonly path: string;
  /** Compressed script of a first load at most, in KB; null where no bar was set. */
  readonly scriptLimit: number | null;
  /** Is there when the page is: what a reader came for. */
  readonly ready: (page: Page) => Promise<void>;
  readonly interactions: readonly Interaction[];
};

const visible = (page: Page, selector: string) => page.locator(selector).first().waitFor();

function openRow(table: string): Interaction {
  return {
    name: 'opening a row',
    run: async (page) => {
      await page
        .getByRole('table', { name: table })
        .locator('tbody')
        .locator('a, button')
        .first()
        .click();
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    },
  };
}

function typeInto(name: string): Interaction {
  return {
    name: 'typing in the search',
    run: async (page) => {
      const box = page.getByRole('searchbox', { name });
      await box.pressSequentially('weber', { delay: 60 });
      await box.press('Escape');
      await box.fill('');
    },
  };
}

const sortByColumn: Interaction = {
  name: 'sorting',
  run: async (page) => {
    const owner = page.getByRole('columnheader', { name: 'Owner' });
    await owner.getByRole('button').click();
    await page.locator('table[aria-label="Accounts"][aria-busy="false"]').waitFor();
  },
};

const openFacet: Interaction = {
  name: 'a facet',
  run: async (page) => {
    await page.getByRole('button', { name: 'Type', exact: true }).click();
    await page.getByRole('dialog', { name: 'Type' }).waitFor();
    await page.keyboard.press('Escape');
  },
};

const openForm: Interaction = {
  name: 'a command’s form',
  run: async (page) => {
    await page.getByRole('button', { name: 'Deposit', exact: true }).click();
    await page.getByRole('dialog').getByRole('textbox').first().pressSequentially('12');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  },
};

const openPalette: Interaction = {
  name: 'the palette',
  run: async (page) => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('anna', { delay: 60 });
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  },
};

const switchTabs: Interaction = {
  name: 'switching a tab',
  run: async (page) => {
    await page.getByRole('tab').nth(1).click();
    await page.getByRole('tab').nth(0).click();
  },
};

/** The pages, with the account that has the longest history at hand. */
export function toBenchPages(accountPath: string): readonly BenchPage[] {
  const row = (page: Page) => visible(page, 'main tbody tr');
  return [
    {
      name: 'Overview',
      path: '/',
      scriptLimit: 300,
      ready: (page) => visible(page, 'main section a'),
      interactions: [openPalette],
    },
    {
      name: 'Accounts',
      path: '/accounts',
      scriptLimit: 250,
      ready: row,
      interactions: [typeInto('Search accounts'), sortByColumn],
    },
    {
      name: 'Account',
      path: accountPath,
      scriptLimit: null,
      ready: (page) => visible(page, '[role=tab]'),
      interactions: [switchTabs, openForm],
    },
    {
      name: 'Events',
      path: '/events',
      scriptLimit: null,
      ready: row,
      interactions: [openRow('Events'), openFacet],
    },
    {
      name: 'Projections',
      path: '/projections',
      scriptLimit: 300,
      ready: row,
      interactions: [openRow('PostgreSQL projections')],
    },
    {
      name: 'Commands',
      path: '/commands',
      scriptLimit: null,
      ready: row,
      interactions: [openRow('Commands')],
    },
    {
      name: 'Dead letters',
      path: '/dead-letters',
      scriptLimit: null,
      ready: (page) => visible(page, 'main h1'),
      interactions: [openPalette],
    },
  ];
}
