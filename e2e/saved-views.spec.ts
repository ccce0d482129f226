import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const button = (page: Page) => page.getByRole('button', { name: /^Views/ });
const menu = (page: Page) => page.getByRole('dialog', { name: 'Views' });
const rows = (page: Page) => page.getByRole('table', { name: 'Accounts' }).getByRole('row');

test('names a list’s filters and order, and gets back to them by keys', async ({ page }) => {
  await page.addInitScript(() => {
    // What an older or a broken page may have left there.
    localStorage.setItem('playhead-views-Events', '[{"name":');
  });
  await page.goto('/accounts?q=jonas&sort=owner&dir=asc');
  await expect(rows(page)).toHaveCount(3);

  // Save, all by keys.
  await button(page).focus();
  await page.keyboard.press('Enter');
  await expect(menu(page).getByText('No view is saved')).toBeVisible();
  await expect(menu(page).getByRole('textbox', { name: 'Save what is shown as' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(menu(page).getByRole('textbox')).toHaveAccessibleDescription(
    'Give the view a name.',
  );
  await page.keyboard.type('Jonas & co');
  await page.keyboard.press('Enter');
  await expect(menu(page)).toBeHidden();
  await expect(button(page)).toHaveAccessibleName('Views Jonas & co');
  await expect(button(page)).toBeFocused();

  // Another filter is told, and is still the view's after a reload.
  await page.getByRole('searchbox', { name: 'Search accounts' }).fill('lindqvist');
  await expect(button(page)).toHaveAccessibleName('Views Jonas & co changed');
  await page.reload();
  await expect(button(page)).toHaveAccessibleName('Views Jonas & co changed');

  // Apply: the filters and the order of the view, and nothing else.
  await button(page).press('Enter');
  await menu(page).getByRole('link', { name: 'Jonas & co' }).press('Enter');
  await expect(page).toHaveURL('/accounts?q=jonas&sort=owner&dir=asc&saved=Jonas+%26+co');
  await expect(rows(page)).toHaveCount(3);
  await expect(page.getByRole('searchbox', { name: 'Search accounts' })).toHaveValue('jonas');

  // Overwrite.
  await page.getByRole('columnheader', { name: 'Owner' }).getByRole('button').click();
  await expect(button(page)).toHaveAccessibleName('Views Jonas & co changed');
  await button(page).press('Enter');
  await menu(page).getByRole('button', { name: 'Overwrite' }).press('Enter');
  await expect(button(page)).toHaveAccessibleName('Views Jonas & co');
  await page.goto('/accounts');
  await expect(button(page)).toHaveAccessibleName('Views');
  await button(page).press('Enter');
  await menu(page).getByRole('link', { name: 'Jonas & co' }).press('Enter');
  await expect(page).toHaveURL(/sort=owner&saved=|sort=owner&dir=desc&saved=/);
  await expect(rows(page).nth(1)).toContainText('Jonas Weber (savings)');

  // The link alone is the view, whatever it is called here; a second tab has the names as well.
  const other = await page.context().newPage();
  await other.goto(page.url().replace(/&saved=.*/, ''));
  await expect(button(other)).toHaveAccessibleName('Views Jonas & co');
  await other.close();

  // Rename and delete.
  await button(page).press('Enter');
  await menu(page).getByRole('button', { name: 'Rename Jonas & co' }).press('Enter');
  await expect(menu(page).getByRole('textbox', { name: 'New name' })).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Weber');
  await page.keyboard.press('Enter');
  await expect(menu(page).getByRole('link', { name: 'Weber' })).toHaveAttribute('aria-current');
  await page.keyboard.press('Escape');
  await expect(button(page)).toHaveAccessibleName('Views Weber');

  // On a small screen it is all the same.
  await page.setViewportSize({ width: 390, height: 844 });
  await button(page).click();
  await menu(page).getByRole('button', { name: 'Delete Weber' }).press('Enter');
  await expect(menu(page).getByText('No view is saved')).toBeVisible();
  await expect(menu(page).getByRole('textbox')).toBeFocused();
  const overflow = () => document.documentElement.scrollWidth - window.innerWidth;
  expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
  await page.keyboard.type('All that is left');
  await page.keyboard.press('Enter');
  await expect(button(page)).toHaveAccessibleName('Views All that is left');

  // Each list has views of its own, and a broken store is an empty one.
  await page.goto('/events');
  await button(page).click();
  await expect(menu(page).getByText('No view is saved')).toBeVisible();
});
