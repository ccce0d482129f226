import type { Locator, Page } from '@playwright/test';

/** What the page Projections says of one follower: its row, and below it why it does not simply run. */
export function followerOf(page: Page, name: string): Locator {
  return page.getByRole('rowgroup', { name, exact: true });
}

/** One figure of its row, by the name of its column. */
export async function figureOf(page: Page, name: string, column: string): Promise<Locator> {
  const follower = followerOf(page, name);
  await follower.waitFor();
  const table = page.getByRole('table').filter({ has: follower });
  const columns = await table.getByRole('columnheader').allTextContents();
  // The first cell is the row's header.
  return follower
    .getByRole('row')
    .first()
    .getByRole('cell')
    .nth(columns.indexOf(column) - 1);
}
